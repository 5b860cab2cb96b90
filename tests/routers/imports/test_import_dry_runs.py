"""A dry run answers as the run would and writes nothing, for every noun that can be imported."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.db import Base
from app.core.external import importable
from app.core.touched import noun_of
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_order_imports import ORDER, a_house

As = Callable[..., Client]
ROWS: dict[str, list[dict[str, Any]]] = {
    "departments": [{"external_id": "d1", "name": "East"}, {"external_id": "d2", "name": "T", "parent_external_id": "d1"}],
    "users": [{"external_id": "u9", "user_name": "ann", "name": "Ann", "roles": ["manager"]}],
    "dict": [{"type": "region", "item": "far_east", "value": "远东"}],
    "product_categories": [{"external_id": "k1", "name": "硬件"}],
    "products": [{"external_id": "p9", "name": "阀门"}, {"external_id": "p1", "name": "甲", "price": "11"}],
    "competitors": [{"external_id": "r9", "name": "同行科技"}],
    "assets": [{"external_id": "e9", "customer_external_id": "c1", "product_external_id": "p1"}],
    "customers": [{"external_id": "c9", "name": "全新公司", "manager_external_id": "u1"}],
    "linkmen": [{"external_id": "l9", "name": "张三", "customer_external_id": "c1", "is_primary": True}],
    "chances": [
        {
            "external_id": "h1", "title": "改名", "customer_external_id": "c1", "status": "succeeded",
            "closed_on": "2026-01-05", "close_value": "10", "assignee_external_id": "u1", "assigned_at": "2020-01-01",
            "opened_at": "2020-01-01",
        },
        {"external_id": "h9", "title": "新机会", "customer_name": "某客户"},
    ],
    "plans": [{"external_id": "p9", "chance_external_id": "h1", "date": "2021-03-04", "todo": "电话", "result": "好"}],
    "services": [
        {
            "external_id": "s9", "title": "坏了", "request": "请修", "type": "request", "customer_external_id": "c1",
            "opened_at": "2021-03-01", "assignee_external_id": "u1",
            "rounds": [{"deal": "修了", "dealt_at": "2021-03-02", "result": "好", "satisfaction": 4}],
        },
    ],
    "losses": [
        {
            "external_id": "v9", "customer_external_id": "c2", "found_at": "2021-03-01", "reason": "price",
            "lost_date": "2021-04-01", "measures": [{"text": "拜访", "review_date": "2021-03-20"}],
        },
    ],
    "storage": [{"product_external_id": "p1", "warehouse": "main", "bin": "A-1", "count": 7}],
    "shipments": [{"external_id": "f9", "order_external_id": "o5", "date": "2020-06-01"}],
    "activities": [{"external_id": "a9", "title": "电话", "customer_external_id": "c1", "at": "2021-03-04"}],
    "orders": [ORDER, {"external_id": "o2", "customer_external_id": "c1"}],
}  # fmt: skip
REFUSED = {"external_id": "bad", "colour": "red"}


async def everything(make: Make) -> dict[str, int]:
    """Return how many rows each table has, but for what a request says of itself."""
    apart = {"sys_idempotency"}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in apart]
    counts = select(*(select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in tables))
    return dict((await make.session.execute(counts)).mappings().one())


async def send(client: Client, noun: str, dry_run: str = "", **headers: str) -> dict[str, Any]:
    body = {"rows": [*ROWS[noun], REFUSED]}
    answer = await client.post(f"/imports/{noun.replace('_', '-')}{dry_run}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json() | {"stale": answer.headers.get("Cache-Group-Invalidation", "")}


def told(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the results without the ids of what is new: a run that wrote nothing has none."""
    return [one | {"id": None} if one["outcome"] == "created" else one for one in answer["results"]]


def test_every_noun_is_tried() -> None:
    assert {noun_of(model) for model in importable()} <= ROWS.keys()


@pytest.mark.parametrize("noun", sorted(ROWS))
async def test_it_writes_nothing_and_answers_as_the_run(noun: str, team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    customer, product = await make.customer(team.manager), await make.product("丙", price=Decimal(1))
    await make.order(
        customer, (product, 2), status="confirmed", owner_id=team.manager.id, external_id="o5", date=date(2020, 5, 1)
    )
    admin, before = as_(team.admin), await everything(make)
    dry = await send(admin, noun, "?dry_run=true")
    assert (dry["dry_run"], dry["stale"]) == (True, "")
    assert await everything(make) == before
    assert await verify.sums(make.ctx) == []
    real = await send(admin, noun)
    assert (real["dry_run"], told(real)) == (False, told(dry))
    assert real["results"][-1]["outcome"] == "refused"
    assert {one["outcome"] for one in real["results"]} & {"created", "updated"}
    assert [one["id"] for one in dry["results"] if one["outcome"] == "created"] == [None] * len(
        [one for one in real["results"] if one["outcome"] == "created"]
    )


async def test_a_key_that_a_dry_run_had_is_free_for_the_run(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    key = {"Idempotency-Key": "one"}
    await send(as_(team.admin), "products", "?dry_run=true", **key)
    answer = await send(as_(team.admin), "products", **key)
    assert (answer["dry_run"], answer["results"][0]["outcome"]) == (False, "created")
