"""Importing chances again without a word on their state: it follows from whoever has them, and what has ended stays so."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Client
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import WON, a_house, codes

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
