"""Importing chances again without a word on their state: it follows from whoever has them, and what has ended stays so."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.models.base.audit import LogEntry
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import COMPANY, WON, a_house, codes

As = Callable[..., Client]
ROW = {"external_id": "h", "title": "GTX", "customer_external_id": "c1", "opened_at": "2020-03-01"}


async def found(client: Client, external_id: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = (await client.get(f"/chances?external_id={external_id}")).json()["items"]
    return rows[0]


async def test_the_state_follows_whoever_has_it(team: Team, as_: As) -> None:
    admin, reader = as_(team.admin), as_(team.executive)
    await a_house(admin)
    given = ROW | {"assignee_external_id": "u1", "assigned_at": "2020-03-02"}
    freed: dict[str, Any] = ROW | {"assignee_external_id": None}
    for row, state in ((ROW, "unassigned"), (given, "assigned"), (ROW, "assigned"), (freed, "unassigned")):
        assert not (result := await one(admin, "chances", row))["errors"], result
        assert (await found(reader, "h"))["status"] == state
        assert (await one(admin, "chances", row))["outcome"] == "unchanged"


async def test_what_has_ended_stays_so(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    await a_house(admin)
    assert (await one(admin, "chances", WON))["outcome"] == "created"
    untold: dict[str, Any] = WON | {"status": None}
    assert (await one(admin, "chances", untold))["outcome"] == "unchanged"
    assert (await found(as_(team.executive), "w"))["status"] == "succeeded"
    nobody = untold | {"assignee_external_id": None}
    assert codes(await one(admin, "chances", nobody)) == {("/rows/0/assignee_external_id", "required")}


async def test_another_end_has_its_own_reason_and_no_value_of_the_first(team: Team, as_: As) -> None:
    admin, reader = as_(team.admin), as_(team.executive)
    await a_house(admin)
    lost = {name: value for name, value in WON.items() if name != "close_value"} | {"status": "failed"}
    for row, says in (
        (lost | {"close_reason": "price"}, ("failed", "price", None)), (WON, ("succeeded", None, "1000.00")),
        (lost | {"close_reason": "price"}, ("failed", "price", None)), (lost | {"status": "assigned", "closed_on": None}, ("assigned", None, None)),
    ):  # fmt: skip
        assert not (result := await one(admin, "chances", row))["errors"], result
        chance = (await reader.get(f"/chances/{(await found(reader, 'w'))['id']}")).json()
        assert (chance["status"], chance["close_reason"], chance["close_value"]) == says


async def test_it_is_given_on_and_back_and_moves_without_a_reason(team: Team, as_: As, make: Make) -> None:
    admin, reader, stages = as_(team.admin), as_(team.executive), [await make.stage(place) for place in range(3)]
    await a_house(admin)
    mine = ROW | {"assignee_external_id": "u1", "assigned_at": "2020-03-02", "stage_id": stages[2].id}
    for row in (mine, mine | {"assignee_external_id": "u2", "assigned_at": "2020-03-09"}):
        assert not (result := await one(admin, "chances", row))["errors"], result
    chance = (await reader.get(f"/chances/{(await found(reader, 'h'))['id']}")).json()
    assert (chance["assignee"]["name"], chance["first_assigned_on"], chance["rate"]) == (
        "Bob",
        "2020-03-02",
        stages[2].rate,
    )
    assert (await one(admin, "chances", ROW | {"stage_id": stages[1].id, "rate": 44}))["outcome"] == "updated"
    stays = (await reader.get(f"/chances/{chance['id']}/stages")).json()
    assert [(stay["stage"]["id"], stay["left_at"] is None) for stay in stays] == [
        (stages[2].id, False),
        (stages[1].id, True),
    ]
    assert (await one(admin, "chances", ROW | {"status": "unassigned", "rate": None}))["outcome"] == "updated"
    chance = await found(reader, "h")
    assert (chance["assignee"], chance["rate"], chance["rate_is_manual"]) == (None, stages[1].rate, False)
    assert await verify.sums(make.ctx) == []


async def test_the_day_on_which_it_was_given_is_corrected(team: Team, as_: As, make: Make) -> None:
    admin, reader = as_(team.admin), as_(team.executive)
    await a_house(admin)
    for row, says in (
        (WON | {"assigned_at": "2020-03-05"}, "2020-03-05"), (WON | {"assigned_at": "2020-03-03"}, "2020-03-03"), (WON, "2020-03-03"),
    ):  # fmt: skip
        assert not (result := await one(admin, "chances", row))["errors"], result
        chance = (await reader.get(f"/chances/{(await found(reader, 'w'))['id']}")).json()
        assert (chance["status"], chance["first_assigned_on"], chance["closed_on"]) == ("succeeded", says, "2020-04-01")
    assert await verify.sums(make.ctx) == []


async def test_a_linked_one_bears_its_customers_name(team: Team, as_: As) -> None:
    admin, reader = as_(team.admin), as_(team.executive)
    await a_house(admin)
    await one(admin, "chances", ROW | {"customer_external_id": None, "customer_name": "某客户"})
    for row, name in (
        (ROW | {"customer_external_id": None, "customer_name": "另一家"}, "另一家"),
        (ROW, COMPANY["name"]),
    ):
        assert (await one(admin, "chances", row))["outcome"] == "updated"
        assert (await found(reader, "h"))["customer_name"] == name
    other = {"external_id": "h", "title": "GTX", "customer_name": "别家"}
    assert codes(await one(admin, "chances", other)) == {("/rows/0/customer_name", "linked")}
    named = await one(admin, "chances", ROW | {"customer_name": "别家"})
    assert (named["outcome"], (await found(reader, "h"))["customer_name"]) == ("unchanged", COMPANY["name"])


async def test_what_an_end_said_may_stay_when_it_is_offered_no_more(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    await a_house(admin)
    lost = {name: value for name, value in WON.items() if name != "close_value"} | {
        "status": "failed",
        "close_reason": "price",
    }
    assert (await one(admin, "chances", lost))["outcome"] == "created"
    price = next(item for kind in (await admin.get("/dict")).json() if kind["type"] == "fail_reason" for item in kind["items"] if item["item"] == "price")  # fmt: skip
    await admin.patch(f"/dict/{price['id']}", json={"enabled": False}, headers={"If-Match": f'"{price["version"]}"'})
    assert (await one(admin, "chances", lost | {"close_note": "太贵"}))["outcome"] == "updated"
    assert codes(await one(admin, "chances", lost | {"external_id": "x"})) == {
        ("/rows/0/close_reason", "not_in_dictionary")
    }


async def test_the_log_says_that_it_was_made_and_later_what_was_done(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await a_house(admin)
    for row in (WON, WON, WON | {"status": "assigned", "closed_on": None, "close_value": None}):
        assert not (result := await one(admin, "chances", row))["errors"], result
    log = select(LogEntry.action).where(LogEntry.entity == "chances").order_by(LogEntry.id)
    assert list(await make.session.scalars(log)) == ["create", "reopen"]


async def test_two_values_may_be_set_aside_and_each_is_told_once(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    await a_house(admin)
    row = ROW | {"product_external_id": "none", "source": "moon"}
    result = await one(admin, "chances", row, on_invalid_optional="set_aside")
    assert (result["outcome"], sorted(wrong["pointer"] for wrong in result["set_aside"])) == (
        "created", ["/rows/0/product_external_id", "/rows/0/source"],
    )  # fmt: skip
