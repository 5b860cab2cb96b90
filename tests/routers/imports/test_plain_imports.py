"""A noun that is imported by its own two verbs: what a row cannot be, and what it may leave out."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


@pytest.fixture
async def known(make: Make, team: Team) -> None:
    """Make what rows refer to."""
    await make.customer(team.manager, external_id="c1")
    await make.product("泵", external_id="p1", code="P-1", warranty_months=6)


async def _sent(as_: As, team: Team, *rows: dict[str, Any], **said: Any) -> list[dict[str, Any]]:
    answer = await as_(team.admin).post("/imports/assets", json={"rows": list(rows), **said})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["results"])


@pytest.mark.usefixtures("known")
async def test_a_row_is_written_down_and_changes_its_record_when_it_is_sent_again(team: Team, as_: As) -> None:
    row = {"external_id": "e1", "customer_external_id": "c1", "product_external_id": {"code": "P-1"}}
    (made,) = await _sent(as_, team, row | {"delivered_on": "2026-01-15"})
    assert made["outcome"] == "created"
    record = (await as_(team.manager).get(f"/assets/{made['id']}")).json()
    assert (record["external_id"], record["warranty_until"]) == ("e1", "2026-07-15")
    assert [one["outcome"] for one in await _sent(as_, team, row)] == ["unchanged"]
    assert [one["outcome"] for one in await _sent(as_, team, {"id": made["id"], "place": "二楼"})] == ["updated"]
    assert (await as_(team.manager).get(f"/assets/{made['id']}")).json()["place"] == "二楼"


@pytest.mark.usefixtures("known")
async def test_what_is_wrong_stands_at_the_row_s_own_fields_and_costs_the_others_nothing(team: Team, as_: As) -> None:
    whole = {"customer_external_id": "c1", "product_external_id": "p1"}
    results = await _sent(
        as_, team,
        {"external_id": "e1", "product_external_id": "p1"},
        {"external_id": "e2", "customer_external_id": "nobody", "product_external_id": "p1"},
        {"external_id": "e3", **whole, "delivered_on": "2026-05-02", "warranty_until": "2026-05-01"},
        {"external_id": "e4", **whole, "serial_number": "S-1"},
        {"external_id": "e5", **whole, "serial_number": "s-1"},
    )  # fmt: skip
    assert [one["outcome"] for one in results] == ["refused", "refused", "refused", "created", "refused"]
    assert [[(e["pointer"], e["code"]) for e in one["errors"]] for one in results] == [
        [("/rows/0/customer_external_id", "missing")],
        [("/rows/1/customer_external_id", "not_found")],
        [("/rows/2/warranty_until", "before_delivery")],
        [],
        [("/rows/4/serial_number", "taken")],
    ]
    assert (await as_(team.manager).get("/assets")).json()["total"] == 1


@pytest.mark.usefixtures("known")
async def test_a_dry_run_writes_nothing_and_another_right_imports_nothing(team: Team, as_: As) -> None:
    row = {"external_id": "e1", "customer_external_id": "c1", "product_external_id": "p1"}
    tried = await as_(team.admin).post("/imports/assets?dry_run=true", json={"rows": [row]})
    assert [(one["outcome"], one["id"]) for one in tried.json()["results"]] == [("created", None)]
    assert (await as_(team.supervisor).post("/imports/assets", json={"rows": [row]})).status_code == 403
    assert (await as_(team.manager).get("/assets")).json()["total"] == 0


@pytest.mark.usefixtures("known")
async def test_what_a_record_is_of_stays(team: Team, as_: As, make: Make) -> None:
    """The verb that changes an asset knows no customer: a row that names another one is told so."""
    await make.customer(team.manager, external_id="c2")
    row = {"external_id": "e1", "customer_external_id": "c1", "product_external_id": "p1"}
    await _sent(as_, team, row)
    (again,) = await _sent(as_, team, row | {"customer_external_id": "c2"})
    assert again["outcome"] == "refused"
    assert [(e["pointer"], e["code"]) for e in again["errors"]] == [("/rows/0/customer_external_id", "fixed")]
