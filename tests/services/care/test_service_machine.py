"""Whatever people do with a service in whatever order, its rounds only grow and its end is final."""

import asyncio
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.conftest import Client
from tests.factories.examples import examples
from tests.factories.make import Make
from tests.factories.team import Team

STEPS = ("assign", "take-back", "return", "deal", "visit", "feedback", "void")
FINAL = {"archived", "void"}


class Way(RuleBasedStateMachine):
    """The supervisor and a manager press any button; `call` reaches the API on the loop of the test."""

    call: Callable[..., Any]
    manager: int
    start: Callable[[str], int]

    @initialize(kind=st.sampled_from(["request", "complaint", "inquiry"]))
    def begin(self, kind: str) -> None:
        self.id, self.kind = self.start(kind), kind
        self.seen: dict[str, Any] = self.call("supervisor", "get", "")[1]

    @rule(who=st.sampled_from(["supervisor", "manager"]), step=st.sampled_from(STEPS), stars=st.integers(1, 5))
    def press(self, who: str, step: str, stars: int) -> None:
        before = self.call(who, "get", "")[1]
        body = {
            "assign": {"assignee_id": self.manager}, "take-back": {"reason": "收"}, "return": {"reason": "退"}, "deal": {"deal": "做"}, "visit": {},
            "feedback": {"result": "说", "satisfaction": stars}, "void": {"reason": "废"},
        }[step]  # fmt: skip
        status, answer = self.call(who, "post", f"/{step}", body)
        after = self.call("supervisor", "get", "")[1]
        if status == 200:
            assert step.replace("-", "_") in before["allowed_actions"] or (
                step == "assign" and "reassign" in before["allowed_actions"]
            )
            assert after["status"] == self.expected(step, stars)
        else:
            assert status in {403, 409, 422}
            assert (after["status"], after["rounds"]) == (before["status"], before["rounds"])
            if status == 409 and answer["type"] == "/problems/illegal-transition":
                assert answer["allowed"] == before["allowed_actions"]
                assert answer["state"] == before["status"]
        assert before["status"] not in FINAL or status != 200
        assert after["rounds"][: len(self.seen["rounds"])] == [
            old if old["feedback_at"] else new for old, new in zip(self.seen["rounds"], after["rounds"], strict=False)
        ]
        self.seen = after

    @staticmethod
    def expected(step: str, stars: int) -> str:
        enters = {
            "assign": "assigned",
            "take-back": "created",
            "return": "created",
            "deal": "dealt",
            "visit": "dealt",
            "void": "void",
        }
        return enters.get(step, "archived" if stars >= 3 else "assigned")

    @invariant()
    def rounds_and_states_agree(self) -> None:
        if not hasattr(self, "seen"):
            return
        service = self.seen
        rounds = service["rounds"]
        assert [one["n"] for one in rounds] == list(range(1, len(rounds) + 1))
        assert service["reopen_count"] == sum(1 for one in rounds if (one["satisfaction"] or 5) < 3)
        assert (service["status"] == "dealt") == bool(rounds and rounds[-1]["feedback_at"] is None)
        if service["status"] == "archived":
            assert rounds[-1]["satisfaction"] >= 3
            assert self.kind != "complaint" or rounds[-1]["visit_at"]
        if service["status"] in FINAL:
            assert set(service["allowed_actions"]) <= {"follow_up"}


async def test_any_order_of_steps(team: Team, as_: Callable[..., Client], make: Make) -> None:
    loop = asyncio.get_running_loop()
    people = {"supervisor": as_(team.supervisor), "manager": as_(team.manager)}
    customer = await make.customer(team.manager)

    def wait(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)

    class Real(Way):
        manager = team.manager.id

        def start(self, kind: str) -> int:
            body = {"type": kind, "title": "t", "request": "r", "customer_id": customer.id}
            created = wait(people["manager"].post("/services", json=body))
            assert created.status_code == 201
            return int(created.json()["id"])

        def call(self, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
            url = f"/services/{self.id}{path}"
            answer = wait(people[who].get(url) if method == "get" else people[who].post(url, json=body))
            return answer.status_code, answer.json()

    checked = settings(
        max_examples=examples(10), stateful_step_count=14, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Real, settings=checked)
