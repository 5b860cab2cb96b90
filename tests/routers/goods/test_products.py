"""Products and their categories over HTTP."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from app.models.goods.products import ProductCategory
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NEW = {"name": "企业协同平台", "code": "KX-100", "unit": "套", "price": "98000.00"}


class TestProducts:
    async def test_an_administrator_adds_one(self, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/products", json=NEW)
        assert answer.status_code == 201
        assert (answer.json()["price"], answer.json()["enabled"]) == ("98000.00", True)
        assert answer.json()["allowed_actions"] == ["update"]
        seen = (await as_(team.manager).get(f"/products/{answer.json()['id']}")).json()
        assert seen["allowed_actions"] == []
        assert (await as_(team.supervisor).post("/products", json=NEW)).status_code == 403

    async def test_a_taken_code_is_a_conflict(self, team: Team, as_: As, make: Make) -> None:
        await make.product(code="KX-100")
        answer = await as_(team.admin).post("/products", json=NEW)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/code")

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [({"name": ""}, "/name"), ({"price": "-1"}, "/price"), ({"price": "1e20"}, "/price"),
         ({"category_id": 999_999}, "/category_id"), ({"enabled": False}, "/enabled")],
    )  # fmt: skip
    async def test_bad_values_are_told_at_their_field(
        self, change: dict[str, object], pointer: str, team: Team, as_: As
    ) -> None:
        answer = await as_(team.admin).post("/products", json=NEW | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_found_by_name_pinyin_initials_and_code(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        await admin.post("/products", json=NEW)
        await admin.post("/products", json={"name": "工业网关", "code": "GW-10"})
        for text in ("协同", "企业", "qiyexietong", "qyxt", "QYXT", "kx-1", "KX"):
            found = (await as_(team.manager).get("/products", params={"q": text})).json()["items"]
            assert [row["name"] for row in found] == ["企业协同平台"], text
        product = found[0]
        headers = {"If-Match": f'"{product["version"]}"'}
        await admin.patch(f"/products/{product['id']}", json={"name": "移动办公"}, headers=headers)
        assert (await admin.get("/products?q=ydbg")).json()["total"] == 1
        assert (await admin.get("/products?q=qyxt")).json()["total"] == 0

    async def test_what_is_disabled_is_not_offered_to_new_records(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        path, admin = f"/products/{product.id}", as_(team.admin)
        assert (await admin.patch(path, json={"enabled": False})).status_code == 428
        answer = await admin.patch(path, json={"enabled": False}, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["enabled"]) == (200, False)
        assert (await admin.patch(path, json={"memo": "x"}, headers={"If-Match": '"1"'})).status_code == 412
        assert (await admin.get("/products?enabled=true")).json()["total"] == 0
        chance = {"title": "x", "customer_name": "y", "product_id": product.id}
        assert (await as_(team.manager).post("/chances", json=chance)).status_code == 422
        assert (await admin.patch("/products/999999", json={}, headers={"If-Match": '"1"'})).status_code == 404
        assert (await as_(team.manager).patch(path, json={}, headers={"If-Match": '"2"'})).status_code == 403


class TestCategories:
    async def test_a_tree_whose_filter_reaches_below(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        software = (await admin.post("/product-categories", json={"name": "软件"})).json()
        body = {"name": "移动端", "parent_id": software["id"]}
        mobile = (await admin.post("/product-categories", json=body)).json()
        assert mobile["parent"] == {"id": software["id"], "name": "软件"}
        await admin.post("/products", json=NEW | {"category_id": mobile["id"]})
        await admin.post("/products", json={"name": "网关"})
        for category, total in ((software, 1), (mobile, 1), ({"id": 999_999}, 0)):
            assert (await admin.get(f"/products?category_id={category['id']}")).json()["total"] == total
        rows = (await as_(team.manager).get("/product-categories")).json()
        assert {row["name"]: row["products"] for row in rows} == {"软件": 0, "移动端": 1}

    async def test_no_circles_and_none_deleted_while_used(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        one = (await admin.post("/product-categories", json={"name": "一"})).json()["id"]
        two = (await admin.post("/product-categories", json={"name": "二", "parent_id": one})).json()["id"]
        answer = await admin.patch(f"/product-categories/{one}", json={"parent_id": two}, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "circle")
        held = await admin.delete(f"/product-categories/{one}", headers={"If-Match": '"1"'})
        assert (held.status_code, held.json()["categories"]) == (409, 1)
        product = (await admin.post("/products", json=NEW | {"category_id": two})).json()
        held = await admin.delete(f"/product-categories/{two}", headers={"If-Match": '"1"'})
        assert (held.status_code, held.json()["products"]) == (409, 1)
        await admin.patch(f"/products/{product['id']}", json={"category_id": None}, headers={"If-Match": '"1"'})
        assert (await admin.delete(f"/product-categories/{two}", headers={"If-Match": '"1"'})).status_code == 204
        assert (await admin.delete(f"/product-categories/{one}", headers={"If-Match": '"1"'})).status_code == 204

    async def test_what_lies_in_a_disabled_category_is_shown_but_not_sold(
        self, team: Team, as_: As, make: Make
    ) -> None:
        top = await make.add(ProductCategory(name="硬件"))
        below = await make.add(ProductCategory(name="终端", parent_id=top.id))
        product = await make.product(category_id=below.id, price=Decimal(5))
        order = await make.order(await make.customer(team.manager), (product, 1))
        admin, manager = as_(team.admin), as_(team.manager)
        path, new = f"/product-categories/{top.id}", {"product_id": product.id, "count": 1}
        closed = await admin.patch(path, json={"enabled": False}, headers={"If-Match": '"1"'})
        assert (closed.status_code, closed.json()["enabled"]) == (200, False)
        row = (await manager.get(f"/products/{product.id}")).json()
        assert (row["enabled"], row["sold"]) == (True, False)
        for query, total in {"": 1, "?sold=true": 0, "?sold=false": 1, "?enabled=true": 1}.items():
            assert (await manager.get(f"/products{query}")).json()["total"] == total, query
        refused = await manager.post(f"/orders/{order.id}/lines", json=new)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/product_id")
        chance = {"title": "x", "customer_name": "y", "product_id": product.id}
        assert (await manager.post("/chances", json=chance)).status_code == 422
        (line,) = (await manager.get(f"/orders/{order.id}")).json()["lines"]
        kept = await manager.patch(
            f"/orders/{order.id}/lines/{line['id']}", json={"count": 2}, headers={"If-Match": '"1"'}
        )
        assert (kept.status_code, kept.json()["lines"][0]["product"]["name"]) == (200, product.name)
        empty = await admin.patch(path, json={"enabled": None}, headers={"If-Match": '"2"'})
        assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, "/enabled")
        await admin.patch(path, json={"enabled": True}, headers={"If-Match": '"2"'})
        assert (await manager.post(f"/orders/{order.id}/lines", json=new)).status_code == 201

    async def test_only_who_keeps_products(self, team: Team, as_: As) -> None:
        assert (await as_(team.manager).post("/product-categories", json={"name": "一"})).status_code == 403
        assert (await as_(team.admin).get("/product-categories/999999")).status_code == 404
