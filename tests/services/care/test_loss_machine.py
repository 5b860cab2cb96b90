"""Whatever people, orders and the nightly search do to a customer, its churn stays one story."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.services.care import loss_detection
from tests.conftest import Client
from tests.factories.examples import examples
from tests.factories.make import Make
from tests.factories.team import Team

OPEN = {"warning", "delayed"}
ENTERS = {"delay": "delayed", "confirm": "lost", "revoke": "warning"}
WHO = st.sampled_from(["manager", "supervisor", "colleague"])


class Churn(RuleBasedStateMachine):
    """A customer of long ago: it orders, cancels, is searched for; `call` reaches the API on the loop of the test."""

    call: Callable[..., tuple[int, Any]]
    search: Callable[[], None]
    begin: Callable[[], int]
    product: int
    tomorrow: str

    @initialize()
    def start(self) -> None:
        self.customer = self.begin()
        self.orders: list[int] = []
        self.story: list[dict[str, Any]] = []

    @rule()
    def night(self) -> None:
        silent = self.status() == "normal" and not self.orders
        self.search()
        before, self.story = self.story, self.entries()
        assert len(self.story) == len(before) + silent
        if silent:
            assert (self.story[-1]["status"], self.status()) == ("warning", "warning")

    @rule()
    def order(self) -> None:
        lines = [{"product_id": self.product, "count": 1}]
        _, made = self.call("manager", "post", "/orders", {"customer_id": self.customer, "lines": lines})
        assert self.call("manager", "post", f"/orders/{made['id']}/confirm")[0] == 200
        self.orders.append(made["id"])
        before, self.story = self.story, self.entries()
        if not before:
            return
        newest = self.story[-1]
        if before[-1]["status"] in OPEN:
            assert newest["status"] == "recovered"
            assert newest["closed_at"]
        else:
            assert newest["status"] == before[-1]["status"]
            assert bool(newest["returned_at"]) == (newest["status"] == "lost")
        assert self.story[:-1] == before[:-1]
        assert self.status() == "normal"

    @precondition(lambda self: self.orders)
    @rule()
    def cancel(self) -> None:
        assert self.call("manager", "post", f"/orders/{self.orders.pop()}/cancel", {"reason": "取消"})[0] == 200

    @precondition(lambda self: self.story)
    @rule(who=WHO, step=st.sampled_from(list(ENTERS)), which=st.integers(-2, -1))
    def press(self, who: str, step: str, which: int) -> None:
        entry = self.story[max(which, -len(self.story))]
        path = f"/losses/{entry['id']}"
        code, seen = self.call(who, "get", path)
        body = {
            "delay": {"text": "拜访", "review_date": self.tomorrow}, "confirm": {"reason": "price"},
            "revoke": {"reason": "谈成"},
        }[step]  # fmt: skip
        status, answer = self.call(who, "post", f"{path}/{step}", body)
        before, self.story = self.story, self.entries()
        if who == "colleague":
            assert (code, status in {403, 404}) == (404, True)
        elif status == 200:
            assert step in seen["allowed_actions"]
            assert answer["status"] == ENTERS[step]
            return
        elif status == 409 and answer["type"] == "/problems/illegal-transition":
            assert step not in seen["allowed_actions"]
            assert (answer["state"], answer["allowed"]) == (seen["status"], seen["allowed_actions"])
        elif step in seen["allowed_actions"]:
            assert (step, status, answer["code"]) == ("revoke", 409, "open_entry")
        else:
            assert status == 403 or (status, answer["code"]) == (409, "returned")
        assert self.story == before

    @invariant()
    def it_is_one_story(self) -> None:
        if not hasattr(self, "customer"):
            return
        states = [entry["status"] for entry in self.story]
        assert sum(state in OPEN for state in states) <= 1
        newest = self.story[-1] if self.story else None
        if newest is None or newest["status"] == "recovered" or newest["returned_at"]:
            fits = {"normal"}
        else:
            fits = {"lost"} if newest["status"] == "lost" else {"warning"}
        if any(state in OPEN for state in states[:-1]):
            fits = {"warning"}
        assert self.status() in fits
        for entry in self.story:
            assert (entry["status"] == "lost") == bool(entry["lost_date"])
            assert (entry["status"] in OPEN) == (entry["closed_at"] is None)
            assert entry["status"] == "lost" or not entry["returned_at"]

    def status(self) -> str:
        return str(self.call("supervisor", "get", f"/customers/{self.customer}")[1]["status"])

    def entries(self) -> list[dict[str, Any]]:
        found = self.call("supervisor", "get", f"/losses?customer_id={self.customer}&limit=200")[1]["items"]
        return sorted(found, key=lambda entry: int(entry["id"]))


async def test_any_order_of_steps(team: Team, as_: Callable[..., Client], make: Make) -> None:
    loop = asyncio.get_running_loop()
    people = {name: as_(getattr(team, name)) for name in ("manager", "supervisor", "colleague")}
    service = await make.product(price=Decimal(100))

    def wait(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)

    async def look() -> None:
        await loss_detection.detect(make.ctx)
        await make.session.commit()

    class Real(Churn):
        product = service.id
        tomorrow = str(make.today + timedelta(days=1))

        def begin(self) -> int:
            long_ago = make.ctx.now - timedelta(days=400)
            return int(wait(make.customer(team.manager, created_at=long_ago)).id)

        def search(self) -> None:
            wait(look())

        def call(self, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
            answer = wait(people[who].get(path) if method == "get" else people[who].post(path, json=body))
            return answer.status_code, answer.json()

    checked = settings(
        max_examples=examples(8), stateful_step_count=14, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    await asyncio.to_thread(run_state_machine_as_test, Real, settings=checked)
