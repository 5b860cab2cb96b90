"""Importing plan items: of chances that go on and of those that ended, done when they were, and safe to send again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.models.base.audit import LogEntry
from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_activities import figure
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import a_house

As = Callable[..., Client]
CALL: dict[str, Any] = {
    "external_id": "p1", "chance_external_id": "h1", "date": "2021-03-04", "todo": "电话回访", "kind": "phone",
    "creator_external_id": "u2", "opened_at": "2021-03-01", "result": "约好下周", "done_at": "2021-03-05T09:00:00+08:00",
    "done_by_external_id": "u1",
}  # fmt: skip
NEXT: dict[str, Any] = {"external_id": "p2", "chance_external_id": "h1", "date": "2999-03-04", "todo": "签约"}


async def found(client: Client, external_id: str) -> dict[str, Any]:
    return (await client.get(f"/plans?external_id={external_id}")).json()["items"][0]


async def ended(make: Make, status: str, **facts: Any) -> None:
    """Let the first chance have ended in 2021."""
    chance = (
        await make.session.scalars(select(Chance).where(Chance.external_id == "h1").execution_options(scoped="all"))
    ).one()
    chance.status, chance.closed_on, chance.closed_at = (
        status,
        make.today.replace(year=2021, month=3, day=10),
        make.now(),
    )
    for name, value in facts.items():
        setattr(chance, name, value)
    await make.session.commit()


async def test_it_was_done_by_whom_and_when_the_row_says(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    for outcome in ("created", "unchanged"):
        assert outcomes(await send(as_(team.admin), "plans", CALL, NEXT)) == [outcome] * 2
    row = await found(as_(team.manager), "p1")
    assert (row["status"], row["result"], row["done_by"]["name"], row["done_at"], row["created_at"]) == (
        "done", "约好下周", "小明", "2021-03-05T01:00:00Z", "2021-02-28T16:00:00Z",
    )  # fmt: skip
    assert (await found(as_(team.manager), "p2"))["status"] == "open"
    log = (await make.session.scalars(select(LogEntry).where(LogEntry.entity == "plans").order_by(LogEntry.id))).all()
    assert [entry.action for entry in log] == ["create", "execute", "create"]
    assert {entry.actor_id for entry in log} == {team.admin.id}
    for days, due in (
        ("date_from=2021-03-01&date_to=2021-03-31", 1),
        (f"date_from={make.today}&date_to={make.today}", 0),
    ):
        assert await figure(as_(team.executive), f"activity?{days}", "due") == due
        assert await figure(as_(team.executive), f"activity?{days}", "done") == due


async def test_a_chance_that_ended_has_its_plan_of_then(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await ended(make, "succeeded", close_value=1)
    left = NEXT | {"date": "2021-04-01"}
    late = CALL | {"external_id": "p3", "done_at": "2021-05-01"}
    for outcome in ("created", "unchanged"):
        results = await send(as_(team.admin), "plans", CALL, left, late)
        assert outcomes(results) == [outcome, outcome, "refused"]
    assert codes(results[2]) == {("/rows/2/done_at", "illegal_transition")}
    assert (await found(as_(team.manager), "p1"))["status"] == "done"
    assert (await found(as_(team.manager), "p2"))["status"] == "cancelled"
    assert (await as_(team.manager).get("/plans?external_id=p3")).json()["total"] == 0


async def test_an_open_one_changes_goes_on_and_stays_as_it_is_then(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    await send(admin, "plans", NEXT)
    assert (await one(admin, "plans", NEXT | {"todo": "签合同", "date": "2999-04-01"}))["outcome"] == "updated"
    done = NEXT | {"todo": "签合同", "date": "2999-04-01", "result": "签了"}
    assert (await one(admin, "plans", done))["outcome"] == "updated"
    row = await found(as_(team.manager), "p2")
    assert (row["status"], row["done_by"]["name"], row["done_at"][:10]) == ("done", "小明", str(make.now().date()))
    assert (await one(admin, "plans", done | {"result": "签好了"}))["outcome"] == "updated"
    assert codes(await one(admin, "plans", done | {"todo": "别的"})) == {("/rows/0", "illegal_transition")}
    assert codes(await one(admin, "plans", done | {"done_by_external_id": "u2", "chance_external_id": "h2"})) == {
        ("/rows/0/done_by_external_id", "fixed"), ("/rows/0/chance_external_id", "fixed"),
    }  # fmt: skip


async def test_what_is_wrong_is_refused_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await make.chance(team.manager, external_id="h9")
    rows: list[dict[str, Any]] = [
        NEXT | {"external_id": "b1", "chance_external_id": "h9"}, CALL | {"external_id": "b2", "result": None}, CALL,
        CALL | {"external_id": "b3", "opened_at": "2021-03-06"}, {"external_id": "b4", "date": "2021-03-04", "todo": "x"},
        NEXT | {"external_id": "b5", "kind": "pigeon"},
    ]  # fmt: skip
    results = await send(as_(team.admin), "plans", *rows)
    assert outcomes(results) == ["refused", "refused", "created", "refused", "refused", "refused"]
    assert [codes(results[n]) for n in (0, 1, 3, 4, 5)] == [
        {("/rows/0/chance_external_id", "illegal_transition")}, {("/rows/1/result", "required")},
        {("/rows/3/done_at", "out_of_turn")}, {("/rows/4/chance_external_id", "required")},
        {("/rows/5/kind", "not_in_dictionary")},
    ]  # fmt: skip
    body = {"rows": rows[:1]}
    told = await as_(team.admin).post("/imports/plans", json=body, headers={"Accept-Language": "zh"})
    assert told.json()["results"][0]["errors"][0]["message"] == "处于“未指派”状态时不能执行“制定计划”"
    aside = await one(as_(team.admin), "plans", rows[5], on_invalid_optional="set_aside")
    assert (aside["outcome"], aside["set_aside"][0]["value"]) == ("created", "pigeon")
