"""A long run is taken back a batch at a time, each its own transaction, in any order of what it did."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from app.services.base import verify
from app.services.imports import take_backs as import_take_backs
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.imports.take_back_rows import APART, ROWS, RUN, UPDATES
from tests.routers.imports.test_take_back import all_of_it, back, difference, empty_sums, everything, send
from tests.routers.imports.test_take_back_kept import EVERYTHING, ids, ok

As = Callable[..., Client]

MOST = 200
"""Requests for any run in these tests: three turns over some thirty records, one by one."""


async def until_done(client: Client, run: str = RUN) -> list[dict[str, Any]]:
    answers = [await back(client, run)]
    while not answers[-1]["done"]:
        assert len(answers) < MOST
        answers.append(await back(client, run))
    return answers


async def test_a_long_run_goes_on_where_it_stopped(
    team: Team, as_: As, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, admin = await everything(make), as_(team.admin)
    await all_of_it(admin)
    monkeypatch.setattr(import_take_backs, "AT_ONCE", 2)
    dry = await back(admin, dry_run=True)
    assert (dry["done"], dry["nouns"]) == (
        False,
        [
            {"noun": "assets", "removed": 1, "restored": 0, "kept": 0},
            {"noun": "plans", "removed": 1, "restored": 0, "kept": 0},
        ],
    )
    first = await back(admin)
    assert first | {"dry_run": True} == dry
    run = (await admin.get(f"/imports/runs/{RUN}")).json()
    assert run["state"] == "stopped"
    late = await admin.post("/imports/products", json={"run": RUN, "rows": [{"external_id": "late", "name": "x"}]})
    assert (late.status_code, late.json()["code"]) == (409, "taken_back")
    answers = await until_done(admin)
    left = [first["left"], *(one["left"] for one in answers)]
    assert (left, left[-1]) == (sorted(left, reverse=True), 0)
    run = (await admin.get(f"/imports/runs/{RUN}")).json()
    assert (run["state"], sum(one["removed"] for one in run["nouns"])) == ("undone", 26)
    assert difference(empty_sums(before), empty_sums(await everything(make))) == {}


async def test_a_thousand_at_once(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    for batch in range(3):
        rows = [{"external_id": f"p{batch}-{n}", "name": f"产品 {batch} {n}"} for n in range(400)]
        await send(admin, "products", *rows)
    answers = await until_done(admin)
    assert [(one["done"], one["left"], one["nouns"][0]["removed"]) for one in answers] == [
        (False, 200, 1000), (True, 0, 200),
    ]  # fmt: skip
    assert (await admin.get("/products")).json()["total"] == 0


async def test_circles_that_lie_in_several_batches_are_untied(
    team: Team, as_: As, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, admin = await everything(make), as_(team.admin)
    await all_of_it(admin)
    await send(admin, "departments", {"external_id": "d1", "name": "华南", "leader_external_id": "u1"})
    await send(admin, "product-categories", {"external_id": "k1", "name": "硬件", "parent_external_id": None},
               {"external_id": "k0", "name": "上"})  # fmt: skip
    await send(admin, "product-categories", {"external_id": "k1", "name": "硬件", "parent_external_id": "k0"})
    monkeypatch.setattr(import_take_backs, "AT_ONCE", 1)
    answers = await until_done(admin)
    assert [one for answer in answers for one in answer["kept"]] == []
    assert difference(empty_sums(before), empty_sums(await everything(make))) == {}


async def test_what_stays_is_told_once_and_holds_what_it_needs_in_later_batches(
    team: Team, as_: As, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = as_(team.admin)
    await all_of_it(admin)
    of = await ids(make)
    await ok(as_(await with_rights(make, team, all=EVERYTHING)), "PATCH", f"/linkmen/{of['l1']}", tel="010-5550 1234")
    monkeypatch.setattr(import_take_backs, "AT_ONCE", 1)
    kept = [(one["id"], one["noun"]) for answer in await until_done(admin) for one in answer["kept"]]
    assert sorted(kept) == sorted(
        [(of["l1"], "linkmen"), (of["c1"], "customers"), (of["u1"], "users"), (of["d2"], "departments"),
         (of["d1"], "departments")]
    )  # fmt: skip
    assert (await ids(make)).keys() == {"l1", "c1", "u1", "d1", "d2"}


@pytest.mark.parametrize("seed", range(8))
async def test_any_sequence_of_imports_can_be_taken_back(
    seed: int, team: Team, as_: As, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, admin = random.Random(seed), as_(team.admin)  # noqa: S311  no secret, a sequence that comes again
    there = chance.randrange(len(ROWS) + 1)
    for noun in list(ROWS)[:there]:
        await send(admin, noun, *ROWS[noun], run=str(uuid4()))
    before = await everything(make)
    for noun in list(ROWS)[there:]:
        await send(admin, noun, *ROWS[noun])
    for noun in chance.choices(list(UPDATES), k=6):
        row = chance.choice(UPDATES[noun])
        await send(admin, noun, row, on_conflict="overwrite")
        if chance.random() < 0.5 and noun in {"customers", "products", "linkmen"}:
            again = next(one for one in ROWS[noun] if one["external_id"] == row["external_id"])
            await send(admin, noun, again, on_conflict="overwrite")
    monkeypatch.setattr(import_take_backs, "AT_ONCE", chance.choice([1, 2, 5, 1000]))
    answers = await until_done(admin)
    assert [one for answer in answers for one in answer["kept"]] == []
    after = await everything(make)
    tables = before.keys() - {*APART.values()}
    assert difference(
        empty_sums({name: before[name] for name in tables}), empty_sums({name: after[name] for name in tables})
    ) == {}  # fmt: skip
    assert await verify.sums(make.ctx) == []
