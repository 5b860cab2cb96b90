"""Whatever people do with chances in whatever order: who may do what, the plan and all sums stay as the domain says.

The steps go through HTTP; a model in plain Python tells what each must answer and what must be there after it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.services.base import verify
from tests.conftest import Client
from tests.factories.chance_card import PEOPLE, STEPS, WATCHERS, Card
from tests.factories.examples import examples
from tests.factories.make import Make
from tests.factories.team import Team

OFTEN = (
    "assign", "reassign", "reassign", "plan", "plan", "execute", "execute", "execute", "take_back", "restore",
    "propose", "fail", "succeed",
)  # fmt: skip
DRAWN = (*sorted(STEPS.keys() - {"update"}), *OFTEN)
ANYBODY = (*PEOPLE, "executive")
AMOUNTS = (None, "0.01", "1234.56", "99999999")
RATES = (None, None, None, 33, 0, 100)
DONE = {200, 201, 204}
STEPS_IN_A_WALK = 22
WALKS = 8


class Life:
    """People press any button; `call` reaches the API on the loop of the test, `everything` are all cards ever made."""

    call: Callable[..., tuple[int, Any]]
    recount: Callable[[], list[str]]
    ids: dict[str, int]
    stages: list[dict[str, Any]]
    everything: list[Card]
    taken: Counter[tuple[str, bool]]
    tomorrow: str

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck
        self.cards: list[Card] = []
        creator, assignee = luck.choice(PEOPLE), luck.choice([None, *PEOPLE])
        self.create(creator, 1)
        if assignee:
            self.assign(self.card, "supervisor", PEOPLE.index(assignee))
            self.plan(self.card, assignee, 0)

    def any_step(self) -> None:
        """Take a step: mostly one that is possible, by whom it is for; else by anybody, or any."""
        luck = self.luck
        n = luck.randrange(12)
        if len(self.cards) < 2 and luck.random() < 0.1:
            self.create(PEOPLE[n % 3], n)
            return
        fits = [(card, step) for step in DRAWN for card in self.cards if self.fits(card, step)]
        self.card, step = luck.choice(fits)
        who = next((one for one in PEOPLE if self.card.may(one, step)), "supervisor")
        if luck.random() < 0.45:
            who = luck.choice(ANYBODY)
        if luck.random() < 0.15:
            step = luck.choice(DRAWN)
        getattr(self, "assign" if step == "reassign" else step)(self.card, who, n)

    def check(self) -> None:
        """Compare all that can be seen with what must be."""
        self.everybody_sees_it_so()
        self.the_plan_goes_with_the_assignee()
        self.the_sums_are_right()

    @staticmethod
    def fits(card: Card, step: str) -> bool:
        if step == "execute" and "open" not in card.plan.values():
            return False
        return bool(card.deleted_by) if step == "restore" else not card.deleted_by and card.status in STEPS[step]

    def press(self, who: str, step: str, body: Any, wanted: set[int], path: str = "") -> Any:
        """Take a step; return its answer, or None when it is refused as it must be."""
        path = path or f"/chances/{self.card.id}/{step.replace('_', '-')}"
        status, answer = self.call(who, "post", path, body)
        self.taken[step, not wanted] += 1
        assert status in (wanted or DONE), (who, step, self.card, status, answer)
        if status == 409 and step not in {"plan", "execute"}:
            assert (answer["state"], set(answer["allowed"])) == (self.card.status, self.card.actions(who))
        return None if wanted else answer

    def create(self, who: str, n: int) -> None:
        amount, rate = AMOUNTS[n % 4], RATES[n % 6]
        card = Card(who, amount and Decimal(amount), self.stages[0]["rate"] if rate is None else rate, rate is not None)
        body = {
            "title": "机会",
            "customer_name": f"新公司{len(self.everything)}",
            "linkman": "张三",
            "tel": "13800001234",
        }
        status, answer = self.call(who, "post", "/chances", body | {"amount": amount, "rate": rate})
        assert status == 201, answer
        card.id = answer["id"]
        self.card = card
        for cards in (self.cards, self.everything):
            cards.append(card)

    def assign(self, card: Card, who: str, n: int) -> None:
        step = "reassign" if card.status == "assigned" else "assign"
        to, reason = PEOPLE[n % 3], n < 10
        wanted = card.refusals(who, step)
        if not wanted and step == "reassign" and (to == card.assignee or not reason):
            wanted = {422}
        body = {"assignee_id": self.ids[to], "reason": "忙" if reason else None}
        if self.press(who, step, body, wanted, f"/chances/{card.id}/assign"):
            card.status, card.assignee, card.proposed = "assigned", to, None

    def take_back(self, card: Card, who: str, _n: int) -> None:
        if self.press(who, "take_back", {"reason": "换人"}, card.refusals(who, "take_back")):
            card.status, card.assignee = "unassigned", None

    def propose(self, card: Card, who: str, n: int) -> None:
        to = (None, *PEOPLE)[n % 4]
        body = {"assignee_id": to and self.ids[to]}
        if self.press(who, "propose", body, card.refusals(who, "propose")):
            card.proposed = to

    def move(self, card: Card, who: str, n: int) -> None:
        stage, rate = n % 4, RATES[n % 6]
        body = {"stage_id": self.stages[stage]["id"], "rate": rate, "reason": "预算推迟" if n < 10 else None}
        wanted = card.refusals(who, "move")
        if not wanted and stage < card.stage and n >= 10:
            wanted = {422}
        if self.press(who, "move", body, wanted):
            if stage != card.stage and not card.by_hand:
                card.rate = self.stages[stage]["rate"]
            card.stage = stage
            card.rate, card.by_hand = (card.rate, card.by_hand) if rate is None else (rate, True)

    def plan(self, card: Card, who: str, _n: int) -> None:
        wanted = card.refusals(who, "plan")
        body = {"date": self.tomorrow, "todo": "拜访"}
        if made := self.press(who, "plan", body, wanted, f"/chances/{card.id}/plans"):
            card.plan[made["id"]] = "open"

    def execute(self, card: Card, who: str, n: int) -> None:
        if not card.plan:
            return
        plan_id = [*card.plan][-1 - n % min(2, len(card.plan))]
        wanted = card.refusals(who, "execute")
        if card.plan[plan_id] != "open" and card.seen_by(who) and who != "executive":
            wanted = wanted | {409}
        if self.press(who, "execute", {"result": "谈好"}, wanted, f"/plans/{plan_id}/execute"):
            card.plan[plan_id] = "done"

    def succeed(self, card: Card, who: str, n: int) -> None:
        value = ("0", "888.88")[n % 2]
        new = {} if card.customer else {"create_customer": True, "confirm_new": True}
        answer = self.press(who, "succeed", {"close_value": value, **new}, card.refusals(who, "succeed"))
        if answer is None:
            return
        # Who won it may not see the customer that it was won of before: a colleague's.
        won = self.call("supervisor", "get", f"/chances/{card.id}")[1]
        customer = self.call("supervisor", "get", f"/customers/{won['customer']['id']}")[1]
        if card.customer:
            assert customer["id"] == card.customer
        else:
            assert (customer["manager"]["id"], customer["name"]) == (self.ids[who], answer["customer_name"])
            rows = self.call("supervisor", "get", f"/linkmen?customer_id={customer['id']}")[1]["items"]
            assert [(row["name"], row["is_primary"]) for row in rows] == [("张三", True)]
        card.status, card.value, card.customer = "succeeded", Decimal(value), customer["id"]
        self.cancel(card)

    def fail(self, card: Card, who: str, _n: int) -> None:
        if self.press(who, "fail", {"reason": "price"}, card.refusals(who, "fail")):
            card.status = "failed"
            self.cancel(card)

    @staticmethod
    def cancel(card: Card) -> None:
        card.plan = {key: "cancelled" if status == "open" else status for key, status in card.plan.items()}

    def reopen(self, card: Card, who: str, _n: int) -> None:
        if self.press(who, "reopen", {"reason": "又谈"}, card.refusals(who, "reopen")):
            card.status, card.value = "assigned", None

    def delete(self, card: Card, who: str, _n: int) -> None:
        wanted = card.refusals(who, "delete")
        status, answer = self.call(who, "delete", f"/chances/{card.id}", None)
        self.taken["delete", not wanted] += 1
        assert status in (wanted or DONE), (who, card, answer)
        if not wanted:
            card.deleted_by = who

    def restore(self, card: Card, who: str, _n: int) -> None:
        may = card.deleted_by and who in {"supervisor", card.deleted_by}
        if self.press(who, "restore", None, set() if may else {403} if who == "executive" else {404}):
            card.deleted_by = None

    def everybody_sees_it_so(self) -> None:
        card = self.card
        for who in WATCHERS:
            code, seen = self.call(who, "get", f"/chances/{card.id}")
            assert code == (200 if card.seen_by(who) else 404), (who, card)
            if code == 200:
                assert set(seen["allowed_actions"]) == card.actions(who), (who, card)
                assert len(seen["allowed_actions"]) == len(card.actions(who))
                facts = [
                    seen["status"],
                    seen["stage"]["id"],
                    seen["rate"],
                    seen["close_value"] and Decimal(seen["close_value"]),
                ]
                assert facts == [card.status, self.stages[card.stage]["id"], card.rate, card.value]
                people = [seen[part] and seen[part]["id"] for part in ("creator", "assignee", "proposed")]
                assert people == [part and self.ids[part] for part in (card.creator, card.assignee, card.proposed)]

    def the_plan_goes_with_the_assignee(self) -> None:
        rows = self.call("supervisor", "get", f"/plans?chance_id={self.card.id}&limit=200")[1]["items"]
        assert {row["id"]: row["status"] for row in rows} == ({} if self.card.deleted_by else self.card.plan)
        if who := self.card.assignee:
            mine = [one for one in self.cards if (one.assignee, one.status) == (who, "assigned")]
            wanted = {key for one in mine for key, status in one.plan.items() if status == "open"}
            path = f"/plans?assignee_id={self.ids[who]}&status=open&limit=200"
            found = {row["id"] for row in self.call(who, "get", path)[1]["items"]}
            assert found >= wanted
            assert not found & {key for one in self.cards for key in one.plan} - wanted

    def the_sums_are_right(self) -> None:
        for who in PEOPLE:
            cards = [one for one in self.everything if not one.deleted_by and who in {"supervisor", one.owner}]
            found = self.call(who, "get", "/chances/summary?group_by=status")[1]
            states = {one.status for one in cards}
            assert {row["key"] for row in found["rows"] if row["count"]} == states
            for row in (*(row for row in found["rows"] if row["count"]), found["total"]):
                self.adds_up(row, [one for one in cards if row["key"] in {one.status, "total"}])

    @staticmethod
    def adds_up(row: dict[str, Any], cards: list[Card]) -> None:
        still = [one for one in cards if one.status in {"unassigned", "assigned"}]
        count = Counter(one.status for one in cards)
        assert [row[key] for key in ("count", "open_count", "won_count", "lost_count", "unpriced")] == [
            len(cards), len(still), count["succeeded"], count["failed"], sum(one.amount is None for one in cards)
        ]  # fmt: skip
        assert [Decimal(row[key]) for key in ("amount", "weighted", "won_value")] == [
            sum((one.amount or 0 for one in cards), Decimal(0)),
            sum(((one.amount or 0) * one.rate / Decimal(100) for one in still), Decimal(0)),
            sum((one.value or 0 for one in cards), Decimal(0)),
        ]


def live(kind: type[Life], luck: random.Random) -> None:
    """Walk once."""
    life = kind(luck)
    for _ in range(STEPS_IN_A_WALK):
        life.check()
        life.any_step()
    life.check()
    assert life.recount() == []


@pytest.mark.parametrize("turn", range(examples(1)))
async def test_any_order_of_steps(turn: int, team: Team, as_: Callable[..., Client], make: Make) -> None:
    """Walk eight times in one transaction: in a longer one each sum drags along all that it ever was."""
    loop = asyncio.get_running_loop()
    people: dict[str, Client] = {}
    process = (await as_(team.manager).get("/processes")).json()[0]

    def wait(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)

    class Real(Life):
        ids = {name: getattr(team, name).id for name in WATCHERS}  # noqa: RUF012  of this test
        stages = process["stages"]
        everything: list[Card] = []  # noqa: RUF012  of this test
        taken: Counter[tuple[str, bool]] = Counter()  # noqa: RUF012  of this test
        tomorrow = str(make.today + timedelta(days=1))

        def recount(self) -> list[str]:
            return list(wait(verify.sums(make.ctx)))

        def call(self, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
            return wait(self.ask(people[who], method, path, body))

        async def ask(self, person: Client, method: str, path: str, body: Any) -> tuple[int, Any]:
            if method == "get":
                answer = await person.get(path)
            elif method == "post":
                answer = await person.post(path, json=body)
            else:
                there = await person.get(path)
                answer = await person.delete(path, headers={"If-Match": there.headers.get("ETag", '"1"')})
            return answer.status_code, answer.json() if answer.content else None

    people |= {name: as_(getattr(team, name)) for name in WATCHERS}
    for walk in range(turn * WALKS, (turn + 1) * WALKS):
        try:
            await asyncio.to_thread(live, Real, random.Random(walk))  # noqa: S311  test data
        except AssertionError as error:
            error.add_note(f"in walk {walk}")
            raise
    for done in (True, False) if turn == 0 else ():  # the walks of every run take each step, with luck or without
        assert {step for step, how in Real.taken if how is done} >= STEPS.keys() - {"update"} | {"restore"}, Real.taken
