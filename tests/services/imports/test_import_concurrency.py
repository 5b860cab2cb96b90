"""Batches of one run at the same moment: one import, one act, nothing lost."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.models.base.acts import Act
from app.models.goods.products import Product
from app.models.imports.imports import Import
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team

pytestmark = pytest.mark.commits


def products(batch: int, count: int = 40) -> list[dict[str, Any]]:
    return [{"external_id": f"p{batch}-{n}", "name": f"产品 {batch} {n}"} for n in range(count)]


async def test_first_batches_of_a_run_at_once_are_one_import(app: FastAPI, team: Team, make: Make) -> None:
    runs = [str(uuid4()) for _ in range(3)]
    async with patient(app, team.admin) as http:
        answers = await asyncio.gather(
            *(
                http.request("POST", "/imports/products", json={"run": run, "rows": products(place * 10 + n)})
                for place, run in enumerate(runs) for n in range(4)
            )
        )  # fmt: skip
        assert [answer.status_code for answer in answers] == [200] * 12, [answer.text for answer in answers]
        found = (await http.get("/imports/runs")).json()["items"]
    assert {one["run"]: one["nouns"][0]["created"] for one in found} == dict.fromkeys(runs, 160)
    counts = select(select(func.count(Import.id)).scalar_subquery(), select(func.count(Act.id)).scalar_subquery())
    assert tuple((await make.session.execute(counts)).one()) == (3, 3)
    acts = (await make.session.scalars(select(Act.count))).all()
    assert list(acts) == [160] * 3


async def test_a_batch_is_in_the_run_that_is_taken_back_or_comes_too_late(app: FastAPI, team: Team, make: Make) -> None:
    run = str(uuid4())
    async with patient(app, team.admin) as http:
        await http.post("/imports/products", json={"run": run, "rows": products(0)})
        answers = await asyncio.gather(
            *(http.request("POST", "/imports/products", json={"run": run, "rows": products(n)}) for n in range(1, 5)),
            http.request("POST", f"/imports/runs/{run}/take-back"),
        )
        assert {answer.status_code for answer in answers[:-1]} <= {200, 409}
        assert (answers[-1].status_code, answers[-1].json()["done"]) == (200, True)
    assert await make.session.scalar(select(func.count(Product.id))) == 0


async def test_a_customer_goes_or_gets_an_order_never_both(app: FastAPI, team: Team) -> None:
    for n in range(6):
        run, row = (
            str(uuid4()),
            {"external_id": f"c{n}", "name": f"客户{n}", "manager_external_id": {"id": team.manager.id}},
        )
        async with patient(app, team.admin) as http, patient(app, team.manager) as manager:
            sent = await http.post("/imports/customers", json={"run": run, "rows": [row]})
            customer_id = sent.json()["results"][0]["id"]
            made, gone = await asyncio.gather(
                manager.request("POST", "/orders", json={"customer_id": customer_id}),
                http.request("POST", f"/imports/runs/{run}/take-back"),
            )
        kept = [one["reason"] for one in gone.json()["kept"]]
        assert (made.status_code, kept) in [(201, ["built_upon"]), (422, [])], (made.text, gone.text)


async def test_two_who_take_a_run_back_at_once_do_it_once(app: FastAPI, team: Team, make: Make) -> None:
    run = str(uuid4())
    async with patient(app, team.admin) as http:
        await http.post("/imports/products", json={"run": run, "rows": products(0, 200)})
        answers = await asyncio.gather(*(http.request("POST", f"/imports/runs/{run}/take-back") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    acts = (await make.session.scalars(select(Act).order_by(Act.id))).all()
    assert [(act.kind, act.state, act.count) for act in acts] == [
        ("import", "undone", 200), ("take_back", "done", 200),
    ]  # fmt: skip
