"""Importing values of the dictionary: by type and item, under the dictionary's own rules, each row by itself."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.models.base.audit import LogEntry
from app.models.base.dict import DictItem
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, outcomes, send

As = Callable[..., Client]
ROW: dict[str, Any] = {"type": "region", "item": "north_east", "value": "东北", "value_en": "North east", "sort": 70}


async def found(client: Client, item: str, kind: str = "region") -> dict[str, Any]:
    types = {one["type"]: one["items"] for one in (await client.get("/dict")).json()}
    return next(one for one in types[kind] if one["item"] == item)


async def test_a_value_comes_changes_and_comes_again_unchanged(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    for outcome in ("created", "unchanged"):
        result = await one(admin, "dict", ROW)
        assert (result["outcome"], result["external_id"]) == (outcome, None)
    row = await found(admin, "north_east")
    assert (row["id"], row["value"], row["sort"], row["version"]) == (result["id"], "东北", 70, 1)
    assert (await one(admin, "dict", ROW | {"enabled": False, "value_en": None}))["outcome"] == "updated"
    row = await found(admin, "north_east")
    assert (row["enabled"], row["value_en"]) == (False, None)
    short = {"type": "region", "item": "new", "value": "新区", "enabled": False}
    assert (await one(admin, "dict", short))["outcome"] == "created"
    assert (await found(admin, "new"))["sort"] == 1000


async def test_a_refused_row_costs_the_others_nothing(team: Team, as_: As, make: Make) -> None:
    protected = select(DictItem).where(DictItem.is_editable.is_(False)).limit(1)
    held = (await make.session.scalars(protected)).one()
    rows = [
        ROW,
        {"type": "no_such", "item": "x", "value": "x"},
        {"type": held.type, "item": held.item, "value": "另一个词"},
        ROW | {"value": "又一个"},
        {"item": "x"},
        ROW | {"item": "far_south"},
    ]
    results = await send(as_(team.admin), "dict", *rows)
    assert outcomes(results) == ["created", "refused", "refused", "refused", "refused", "created"]
    assert codes(results[1]) == {("/rows/1/type", "not_found")}
    assert codes(results[2]) == {("/rows/2", "protected")}
    assert codes(results[3]) == {("/rows/3/item", "repeated")}
    assert codes(results[4]) == {("/rows/4/type", "missing"), ("/rows/4/value", "missing")}
    log = select(LogEntry).where(LogEntry.entity == "dict").order_by(LogEntry.id)
    entries = (await make.session.scalars(log)).all()
    assert [(entry.action, entry.changes["item"][1]) for entry in entries] == [
        ("create", "north_east"), ("create", "far_south"),
    ]  # fmt: skip
    assert {entry.actor_id for entry in entries} == {team.admin.id}
    assert None not in {entry.act_id for entry in entries}


async def test_a_place_may_change_where_the_words_may_not(team: Team, as_: As, make: Make) -> None:
    held = (await make.session.scalars(select(DictItem).where(DictItem.is_editable.is_(False)).limit(1))).one()
    row = {"type": held.type, "item": held.item, "value": held.value, "sort": held.sort + 5}
    assert (await one(as_(team.admin), "dict", row))["outcome"] == "updated"


async def test_words_that_a_person_chose_stay(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    item_id = (await one(admin, "dict", ROW))["id"]
    keeper = as_(await with_rights(make, team, all=("dict:read", "dict:write")))
    answer = await keeper.patch(f"/dict/{item_id}", json={"value": "关外"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    result = await one(admin, "dict", ROW | {"sort": 80})
    assert (result["outcome"], [kept["pointer"] for kept in result["kept"]]) == ("updated", ["/rows/0/value"])
    assert ((await found(admin, "north_east"))["value"], (await found(admin, "north_east"))["sort"]) == ("关外", 80)
    assert (await one(admin, "dict", ROW, on_conflict="overwrite"))["outcome"] == "updated"


async def test_refusals_are_in_the_caller_s_language(team: Team, as_: As) -> None:
    body = {"rows": [{"type": "no_such", "item": "x", "value": "x"}]}
    answer = await as_(team.admin).post("/imports/dict", json=body, headers={"Accept-Language": "zh"})
    assert answer.json()["results"][0]["errors"][0]["message"] == "没有这个字典类型。"
