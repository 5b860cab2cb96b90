"""A run is taken back as a whole: what it made goes, what it changed says again what it said before."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from app.core.db import Base
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.customers.customers import Customer
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.take_back_rows import AGAIN, APART, ROWS, RUN, UPDATES, WHOLE

As = Callable[..., Client]
ASIDE = {"sys_log_default", "sys_log", "sys_act", "sys_import", "sys_import_row", "sys_change", "cst_norm"}


async def send(client: Client, noun: str, *rows: dict[str, Any], run: str = RUN, **more: Any) -> list[dict[str, Any]]:
    answer = await client.post(f"/imports/{noun}", json={"run": run, "rows": list(rows)} | more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    assert all(one["outcome"] != "refused" for one in found), found
    return found


async def back(client: Client, run: str = RUN, status: int = 200, **query: Any) -> dict[str, Any]:
    answer = await client.post(f"/imports/runs/{run}/take-back", params=query)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def everything(make: Make) -> dict[str, list[str]]:
    """Return all rows of all tables, but for what an import writes of itself."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in ASIDE or table.name.startswith("sys_log"):
            continue
        columns = [one for one in table.columns if one.name not in {"version", "updated_at", "created_at"}]
        rows = await make.session.execute(select(*columns))
        found[table.name] = sorted(str(row._asdict()) for row in rows)
    return found


def difference(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, Any]:
    return {
        name: (sorted({*rows} - {*after[name]}), sorted({*after[name]} - {*rows}))
        for name, rows in before.items() if rows != after[name]
    }  # fmt: skip


def empty_sums(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave rows of kept sums out that count nothing: they are written and never removed."""
    zero = {"sal_chance_sum": "'chs_count': 0,", "orders_sum": "'ors_orders': 0,", "orders_total": "'ort_orders': 0,"}
    return tables | {name: [row for row in tables[name] if word not in row] for name, word in zero.items()}


async def unchanged(make: Make, before: dict[str, list[str]]) -> None:
    assert difference(empty_sums(before), empty_sums(await everything(make))) == {}
    assert await verify.sums(make.ctx) == []


async def all_of_it(client: Client) -> None:
    for noun, rows in ROWS.items():
        await send(client, noun, *rows)


async def test_every_noun_that_was_made_goes(team: Team, as_: As, make: Make) -> None:
    before, admin = await everything(make), as_(team.admin)
    await all_of_it(admin)
    found = await back(admin)
    assert (found["done"], found["left"], found["kept"]) == (True, 0, [])
    assert {one["noun"]: one["removed"] for one in found["nouns"]} == {
        "departments": 2, "users": 1, "product_categories": 2, "products": 1, "customers": 2, "linkmen": 2,
        "chances": 2, "orders": 3, "dict": 1, "activities": 1, "storage": 1, "assets": 1, "competitors": 1, "plans": 2, "services": 2, "losses": 2,
    }  # fmt: skip
    await unchanged(make, before)


async def test_a_dry_run_answers_the_same_and_writes_nothing(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await all_of_it(admin)
    before = await everything(make)
    dry = await back(admin, dry_run=True)
    assert difference(before, await everything(make)) == {}
    run = (await admin.get(f"/imports/runs/{RUN}")).json()
    assert (run["state"], run["nouns"][0]["removed"]) == ("done", 0)
    assert dry | {"dry_run": False} == await back(admin)


async def test_it_is_an_act_that_the_log_names(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await send(admin, "products", ROWS["products"][0] | {"category_external_id": None})
    await back(admin)
    done, undone = (await make.session.scalars(select(Act).order_by(Act.id))).all()
    assert (done.state, undone.kind, undone.state, undone.undoes_id, undone.count) == (
        "undone", "take_back", "done", done.id, 1,
    )  # fmt: skip
    rows = await make.session.execute(
        select(LogEntry.act_id, LogEntry.action).where(LogEntry.entity == "products").order_by(LogEntry.id)
    )
    assert list(rows) == [(done.id, "create"), (undone.id, "undo_import")]
    run = (await admin.get(f"/imports/runs/{RUN}")).json()
    assert (run["state"], run["nouns"][0]["removed"]) == ("undone", 1)


async def test_what_was_taken_back_stays_so(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await send(admin, "products", {"external_id": "p1", "name": "球阀"})
    await back(admin)
    assert (await back(admin, status=409))["code"] == "taken_back"
    again = await admin.post("/imports/products", json={"run": RUN, "rows": [{"external_id": "p1", "name": "球阀"}]})
    assert (again.status_code, again.json()["code"]) == (409, "taken_back")
    await back(admin, str(uuid4()), status=404)
    other = str(uuid4())
    assert (await send(admin, "products", {"external_id": "p1", "name": "球阀"}, run=other))[0]["outcome"] == "created"
    await make.session.execute(update(Act).values(at=make.now() - timedelta(days=31)))
    await make.session.commit()
    assert (await back(admin, other, status=409))["code"] == "too_late"


async def test_who_may_not_changes_nothing(team: Team, as_: As, make: Make) -> None:
    await all_of_it(as_(team.admin))
    before = await everything(make)
    await back(as_(team.supervisor), status=403)
    await make.session.execute(text("update sys_role set role_data_scope = 'department' where role_code = 'admin'"))
    await make.session.commit()
    refused = await back(as_(await make.user("admin", department=team.east)), status=403)
    assert refused["right"] == "imports:write"
    await make.session.execute(text("update sys_role set role_data_scope = 'all' where role_code = 'admin'"))
    await make.session.commit()
    after = await everything(make)
    changed = difference(before, after)
    assert changed.keys() <= {"sys_user", "sys_user_role"}
    assert [gone for gone, _ in changed.values() if gone] == []


async def a_house(make: Make, admin: Client) -> dict[str, list[str]]:
    """Import everything in an earlier run, and return what is there then."""
    for noun, rows in ROWS.items():
        await send(admin, noun, *rows, run=str(uuid4()))
    return await everything(make)


@pytest.mark.parametrize("noun", sorted(UPDATES))
async def test_what_was_changed_says_again_what_it_said(noun: str, team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    before = await a_house(make, admin)
    results = await send(admin, noun, *UPDATES[noun], on_conflict="overwrite")
    record, outcome = AGAIN.get(noun, (noun.replace("-", "_"), "updated"))
    assert {one["outcome"] for one in results} == {outcome}
    found = await back(admin)
    assert (found["kept"], found["done"]) == ([], True)
    assert {one["noun"]: one["restored"] for one in found["nouns"]}[record] == WHOLE.get(noun, len(results))
    before.pop(APART.get(noun, ""), None)
    after = await everything(make)
    assert difference(empty_sums(before), empty_sums({name: after[name] for name in before} | {"x": []})) == {}
    assert await verify.sums(make.ctx) == []


async def test_all_changes_of_a_run_go_back_together(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    before = await a_house(make, admin)
    for noun, rows in UPDATES.items():
        await send(admin, noun, *rows, on_conflict="overwrite")
    await back(admin)
    after = await everything(make)
    apart: dict[str, list[str]] = {name: [] for name in APART.values()}
    assert difference(empty_sums(before) | apart, empty_sums(after) | apart) == {}
    assert await verify.sums(make.ctx) == []


async def test_runs_are_taken_back_one_after_the_other_the_newest_first(team: Team, as_: As, make: Make) -> None:
    before, admin, later = await everything(make), as_(team.admin), str(uuid4())
    await all_of_it(admin)
    for noun, rows in UPDATES.items():
        await send(admin, noun, *rows, run=later, on_conflict="overwrite")
    kept = (await back(admin, dry_run=True))["kept"]
    assert {(one["noun"], one["reason"]) for one in kept} >= {
        (one.replace("-", "_"), "changed") for one in ("products",)
    }
    for run in (later, RUN):
        assert (await back(admin, run))["kept"] == []
    await unchanged(make, before)


async def test_stock_of_confirmed_orders_is_free_again(team: Team, as_: As, make: Make) -> None:
    admin, customer = as_(team.admin), await make.customer(team.manager, external_id="c1")
    product = await make.product("球阀", price=Decimal(10), external_id="p1")
    place = await make.place(product, 5)
    draft = await make.order(customer, (product, 2), external_id="o1", owner_id=team.manager.id)
    before = await everything(make)
    lines = [{"product_external_id": "p1", "count": 2}]
    row = {"external_id": "o1", "customer_external_id": "c1", "status": "confirmed"}
    await send(admin, "orders", row, row | {"external_id": "o2", "lines": lines})
    held = (await as_(team.manager).get(f"/storage/{place.id}")).json()
    assert (held["count"], held["reserved"]) == (5, 4)
    assert (await back(admin))["kept"] == []
    await unchanged(make, before)
    assert (await as_(team.manager).get(f"/orders/{draft.id}")).json()["status"] == "draft"


async def test_a_new_run_does_not_take_what_went_back_for_a_persons_doing(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await a_house(make, admin)
    order = UPDATES["orders"][1]
    await send(admin, "customers", *UPDATES["customers"])
    await send(admin, "orders", order)
    await back(admin)
    for noun, row in (("customers", UPDATES["customers"][0]), ("orders", order)):
        result = (await send(admin, noun, row, run=str(uuid4())))[0]
        assert (result["outcome"], result["kept"]) == ("updated", []), noun
    found = await make.session.scalars(select(Customer.memo).execution_options(scoped="all"))
    assert "x" in found.all()
