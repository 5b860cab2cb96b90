"""Competitors from elsewhere: written down and changed by the same verbs as on screen."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PATH = "/imports/competitors"


async def _sent(client: Client, *rows: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    answer = await client.post(PATH + query, json={"rows": list(rows)})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["results"])


def _refusals(results: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    return [[(e["pointer"], e["code"]) for e in one["errors"]] for one in results]


async def test_a_row_is_written_down_and_changes_its_competitor_when_it_is_sent_again(team: Team, as_: As) -> None:
    admin, reader = as_(team.admin), as_(team.manager)
    row = {"external_id": "r1", "name": "同行科技", "code": "tonghang"}
    (made,) = await _sent(admin, row)
    read = (await reader.get(f"/competitors/{made['id']}")).json()
    assert (made["outcome"], read["external_id"], read["code"], read["enabled"]) == ("created", "r1", "tonghang", True)
    assert [one["outcome"] for one in await _sent(admin, row)] == ["unchanged"]
    again = {"code": "tonghang", "name_en": "Tonghang", "strategy": "低价"}
    assert [one["outcome"] for one in await _sent(admin, again)] == ["updated"]
    read = (await reader.get("/competitors", params={"external_id": "r1"})).json()["items"]
    assert [(one["id"], one["name"], one["name_en"]) for one in read] == [(made["id"], "同行科技", "Tonghang")]


async def test_one_without_a_code_is_numbered_and_one_that_is_here_gets_its_id(team: Team, as_: As, make: Make) -> None:
    here = await make.competitor("北极星")
    results = await _sent(
        as_(team.admin), {"external_id": "r1", "name": "同行科技"}, {"id": here.id, "external_id": "r2"}
    )
    assert [one["outcome"] for one in results] == ["created", "updated"]
    items = (await as_(team.manager).get("/competitors")).json()["items"]
    assert {one["external_id"]: one["code"][:2] for one in items} == {"r1": "JZ", "r2": here.code[:2]}


async def test_what_is_wrong_stands_at_its_field_and_costs_the_others_nothing(team: Team, as_: As, make: Make) -> None:
    named = await make.competitor("北极星", external_id="r0")
    await make.chance(team.manager, team.manager, competitor_id=named.id)
    results = await _sent(
        as_(team.admin),
        {"external_id": "r1"},
        {"external_id": "r2", "name": "同行"},
        {"external_id": "r3", "name": "同行"},
        {"external_id": "r4", "name": "他人", "code": named.code},
        {"code": "nobody", "name": "无名"},
        {"external_id": "r0", "code": "another"},
    )
    assert [one["outcome"] for one in results] == ["refused", "created", "refused", "refused", "refused", "refused"]
    assert _refusals(results) == [
        [("/rows/0/name", "missing")], [], [("/rows/2/name", "taken")], [("/rows/3/code", "taken")],
        [("/rows/4/code", "not_found")], [("/rows/5/code", "fixed")],
    ]  # fmt: skip


async def test_a_dry_run_writes_nothing_and_who_keeps_competitors_imports_none(team: Team, as_: As) -> None:
    row = {"external_id": "r1", "name": "同行科技"}
    tried = await _sent(as_(team.admin), row, query="?dry_run=true")
    assert [(one["outcome"], one["id"]) for one in tried] == [("created", None)]
    assert (await as_(team.supervisor).post(PATH, json={"rows": [row]})).status_code == 403
    assert (await as_(team.manager).get("/competitors")).json()["total"] == 0


@pytest.mark.parametrize(
    ("noun", "was", "now", "theirs"),
    [
        ("competitors", {"name": "Acme"}, {"name": "Acme II"}, {"name": "ＡＣＭＥ"}),
        ("assets", {"serial_number": "S-1"}, {"serial_number": "S-2"}, {"serial_number": "s-1"}),
    ],
)
async def test_a_value_that_somebody_has_by_now_in_another_case_stays(
    noun: str, was: dict[str, str], now: dict[str, str], theirs: dict[str, str], team: Team, as_: As, make: Make
) -> None:
    """An index keeps such values apart by their folded form: taking a run back asks for that too."""
    await make.customer(team.manager, external_id="c1")
    await make.product(external_id="p1")
    of = {"customer_external_id": "c1", "product_external_id": "p1"} if noun == "assets" else {}
    admin, run = as_(team.admin), str(uuid4())
    runs = (({"external_id": "x", **of} | was, str(uuid4())), ({"external_id": "x"} | now, run))
    for row, told in (*runs, ({"external_id": "y", **of} | theirs, str(uuid4()))):
        answer = (await admin.post(f"/imports/{noun}", json={"rows": [row], "run": told})).json()
        assert answer["results"][0]["outcome"] in ("created", "updated"), answer
    back = await admin.post(f"/imports/runs/{run}/take-back")
    assert back.status_code == 200, back.text
    assert [(one["fields"], one["reason"]) for one in back.json()["kept"]] == [([*was], "taken")]
