"""What products cost: who sees it, who sorts by it, who writes it, and what the log tells."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, event, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.access.rbac import RoleRight
from app.models.goods.products import COST, Product
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}
NOTHING = dict.fromkeys(COST)
RIGHT = "products:cost"
READ = "products:read"


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COST if name in row}


class TestWhoSees:
    async def test_who_holds_the_right_whatever_the_data_scope(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(price="200", cost="150")
        narrow = await with_rights(make, team, own=(READ, RIGHT))
        facts = {"cost": "150.00", "margin": "50.00", "margin_rate": "0.2500"}
        for person in (team.admin, team.supervisor, team.executive, narrow):
            detail = (await as_(person).get(f"/products/{product.id}")).json()
            assert (told(detail), detail["sees_cost"]) == (facts, True)
            row = (await as_(person).get("/products")).json()["items"][0]
            assert (row["cost"], row["sees_cost"]) == ("150.00", True)

    async def test_nobody_else(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(price="200", cost="150")
        clerk = await with_rights(make, team, all=(READ, "products:write"))
        for person in (team.manager, clerk):
            answers = [await as_(person).get(f"/products{path}") for path in ("", f"/{product.id}")]
            detail = answers[1].json()
            assert (told(detail), detail["sees_cost"]) == (NOTHING, False)
            assert "150" not in answers[0].text + answers[1].text

    async def test_no_longer_who_it_is_taken_from(self, team: Team, as_: As, make: Make, app: FastAPI) -> None:
        product = await make.product(price="200", cost="150")
        await make.session.execute(delete(RoleRight).where(RoleRight.right_code == RIGHT))
        await make.session.commit()
        app.state.kith.standings.clear()
        assert told((await as_(team.supervisor).get(f"/products/{product.id}")).json()) == NOTHING

    @pytest.mark.parametrize(
        ("price", "cost", "margin", "rate"),
        [("3", "1", "2.00", "0.6667"), ("3", "4", "-1.00", "-0.3333"), ("3", "0", "3.00", "1.0000"),
         ("0", "1", "-1.00", None), (None, "1", None, None), ("3", None, None, None)],
    )  # fmt: skip
    async def test_the_margin(
        self, price: str, cost: str, margin: str, rate: str, team: Team, as_: As, make: Make
    ) -> None:
        product = await make.product(price=price, cost=cost)
        detail = (await as_(team.supervisor).get(f"/products/{product.id}")).json()
        assert (detail["margin"], detail["margin_rate"]) == (margin, rate)

    async def test_the_list_asks_the_database_no_more_often(
        self, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        await make.product(price="200", cost="150")
        for person in (team.executive, team.manager):
            client, statements = as_(person), list[str]()
            await client.get("/products")

            def note(_c: Any, _k: Any, text: str, *_: Any, noted: list[str] = statements) -> None:
                noted.append(text)

            event.listen(connection.sync_connection, "before_cursor_execute", note)
            await client.get("/products")
            event.remove(connection.sync_connection, "before_cursor_execute", note)
            assert len([text for text in statements if "FROM product" in text]) == 2


class TestOrder:
    @pytest.mark.parametrize("sort", ["cost", "-cost"])
    async def test_by_what_is_hidden_is_refused(self, sort: str, team: Team, as_: As, make: Make) -> None:
        ids = [(await make.product(cost=cost)).id for cost in (None, "1", "2")]
        rows = (await as_(team.supervisor).get(f"/products?sort={sort}")).json()["items"]
        assert [row["id"] for row in rows] == (ids[::-1] if sort.startswith("-") else ids)
        refused = await as_(team.manager).get(f"/products?sort={sort}")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/sort")
        assert "cost" not in refused.text

    async def test_no_filter_finds_by_it(self, team: Team, as_: As) -> None:
        for name in COST:
            assert (await as_(team.manager).get(f"/products?{name}=1")).status_code == 422


class TestWrite:
    async def test_an_administrator_writes_it(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        made = (await admin.post("/products", json={"name": "网关", "price": "10", "cost": "6"})).json()
        assert (made["cost"], made["margin"]) == ("6.00", "4.00")
        path = f"/products/{made['id']}"
        changed = await admin.patch(path, json={"cost": None}, headers=MATCH)
        assert (changed.status_code, changed.json()["cost"]) == (200, None)

    @pytest.mark.parametrize("cost", ["-0.01", "1e20", "x"])
    async def test_bad_values_are_told_at_their_field(self, cost: str, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/products", json={"name": "网关", "cost": cost})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cost")

    async def test_to_write_it_one_must_see_it(self, team: Team, as_: As, make: Make) -> None:
        clerk = as_(await with_rights(make, team, all=(READ, "products:write")))
        refused = await clerk.post("/products", json={"name": "网关", "cost": "6"})
        assert (refused.status_code, refused.json()["right"]) == (403, RIGHT)
        product = await make.product(cost="5")
        for cost in (None, "5", "6"):
            answer = await clerk.patch(f"/products/{product.id}", json={"memo": "改", "cost": cost}, headers=MATCH)
            assert (answer.status_code, answer.json()["right"]) == (403, RIGHT)
        seen = (await as_(team.admin).get(f"/products/{product.id}")).json()
        assert (seen["cost"], seen["memo"], seen["version"]) == ("5.00", None, 1)
        made = await clerk.post("/products", json={"name": "网关", "cost": None})
        answer = await clerk.patch(f"/products/{product.id}", json={"memo": "改"}, headers=MATCH)
        assert (made.status_code, answer.status_code, told(answer.json())) == (201, 200, NOTHING)

    async def test_to_see_it_is_not_to_write_it(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(cost="5")
        answer = await as_(team.supervisor).patch(f"/products/{product.id}", json={"cost": "6"}, headers=MATCH)
        assert (answer.status_code, answer.json()["right"]) == (403, "products:write")

    async def test_an_import_with_it_is_refused_row_by_row(self, team: Team, as_: As, make: Make) -> None:
        rows = [{"external_id": "p1", "name": "甲", "cost": "7"}, {"external_id": "p2", "name": "乙"}]
        clerk = as_(await with_rights(make, team, all=("imports:write",)))
        results = (await clerk.post("/imports/products", json={"rows": rows})).json()["results"]
        assert [result["outcome"] for result in results] == ["refused", "created"]
        assert [(one["pointer"], one["code"]) for one in results[0]["errors"]] == [("/rows/0/cost", "forbidden")]
        results = (await as_(team.admin).post("/imports/products", json={"rows": rows})).json()["results"]
        assert [result["outcome"] for result in results] == ["created", "unchanged"]
        again = (await clerk.post("/imports/products", json={"rows": [{"external_id": "p1", "name": "丙"}]})).json()
        assert again["results"][0]["outcome"] == "updated"
        assert str(await make.session.scalar(select(Product.cost).where(Product.external_id == "p1"))) == "7.00"


class TestHistory:
    async def test_it_leaves_the_cost_out_for_who_may_not_see_it(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        path = f"/products/{(await admin.post('/products', json={'name': '网关', 'cost': '6'})).json()['id']}"
        await admin.patch(path, json={"cost": "7"}, headers=MATCH)
        await admin.patch(path, json={"cost": "8", "memo": "改"}, headers={"If-Match": '"2"'})
        whole = (await as_(team.supervisor).get(f"{path}/history")).json()
        assert [row["changes"].get("cost") for row in whole["items"]] == [
            ["7.00", "8.00"],
            ["6.00", "7.00"],
            [None, "6.00"],
        ]
        filtered = (await as_(team.manager).get(f"{path}/history")).json()
        assert [row["changes"] for row in filtered["items"]] == [
            {"memo": [None, "改"]}, {"name": [None, "网关"], "enabled": [None, True], "is_tracked": [None, False]},
        ]  # fmt: skip

    async def test_the_whole_log_tells_it_to_who_holds_the_right(self, team: Team, as_: As, make: Make) -> None:
        made = (await as_(team.admin).post("/products", json={"name": "网关", "cost": "6"})).json()
        url = f"/audit?entity=products&entity_id={made['id']}"
        auditor = await with_rights(make, team, own=("audit:read",))
        both = [(await as_(person).get(url)).json()["items"][0]["changes"] for person in (team.admin, auditor)]
        assert [changes["cost"] for changes in both] == [[None, "6.00"], [None, None]]
        assert both[1]["name"] == [None, "网关"]
