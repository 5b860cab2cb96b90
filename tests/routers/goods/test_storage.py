"""Stock over HTTP: places, changes with their ledger, who may do what."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.models.goods.products import ProductCategory
from app.models.goods.storage import StorageChange
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


class TestList:
    async def test_it_shows_what_is_there_promised_and_free(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product("工业网关", code="GW-10", unit="台")
        await make.place(product, 10, reserved=3, bin="A-01")
        for person in (team.manager, team.supervisor, team.executive, team.admin):
            row = (await as_(person).get("/storage")).json()["items"][0]
            assert (row["count"], row["reserved"], row["available"]) == (10, 3, 7)
            assert (row["product"]["name"], row["product_code"], row["unit"]) == ("工业网关", "GW-10", "台")

    async def test_filters_search_and_order(self, team: Team, as_: As, make: Make) -> None:
        shelf = await make.add(ProductCategory(name="硬件"))
        gateway = await make.product("工业网关", code="GW-10", category_id=shelf.id)
        server = await make.product("边缘服务器", code="SV-40")
        one = await make.place(gateway, 5)
        two = await make.place(server, 9, warehouse="south")
        three = await make.place(server, 1)
        client = as_(team.manager)
        cases = {
            f"product_id={server.id}&sort=count": [three.id, two.id], "warehouse=south": [two.id],
            f"category_id={shelf.id}": [one.id], "q=网关": [one.id], "q=gywg": [one.id], "q=bianyuan": [two.id, three.id],
            "q=sv-": [two.id, three.id], "sort=-available": [two.id, one.id, three.id],
        }  # fmt: skip
        for query, ids in cases.items():
            answer = (await client.get(f"/storage?{query}")).json()
            assert [row["id"] for row in answer["items"]] == ids, query
            assert answer["total"] == len(ids)
        assert (await client.get("/storage?shelf=1")).status_code == 422

    async def test_every_order_pages_without_gaps(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        ids = {(await make.place(product, n % 2)).id for n in range(5)}
        client = as_(team.manager)
        for sort in ("product", "-product", "warehouse", "bin", "count", "-reserved", "available", "created_at"):
            seen, cursor = [], ""
            while cursor is not None:
                page = (await client.get(f"/storage?limit=2&sort={sort}{cursor}")).json()
                seen += [row["id"] for row in page["items"]]
                cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
            assert (len(seen), set(seen)) == (5, ids), sort


class TestCreate:
    async def test_a_place_is_unique_and_starts_empty(self, team: Team, as_: As, make: Make) -> None:
        body = {"product_id": (await make.product()).id, "warehouse": "main", "bin": "A-01"}
        admin = as_(team.admin)
        made = await admin.post("/storage", json=body)
        assert (made.status_code, made.json()["count"], made.json()["allowed_actions"]) == (201, 0, ["change"])
        again = await admin.post("/storage", json=body)
        assert (again.status_code, again.json()["errors"][0]["pointer"]) == (409, "/bin")

    @pytest.mark.parametrize(
        ("change", "pointer"), [({"product_id": 10**9}, "/product_id"), ({"warehouse": "moon"}, "/warehouse")]
    )
    async def test_what_is_unknown_is_422(
        self, change: dict[str, object], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        body = {"product_id": (await make.product()).id, "warehouse": "main", "bin": "A-01"} | change
        answer = await as_(team.admin).post("/storage", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_who_sells_only_reads(self, team: Team, as_: As, make: Make) -> None:
        place = await make.place(await make.product(), 5)
        for person in (team.manager, team.supervisor, team.executive):
            client = as_(person)
            change = await client.post(f"/storage/{place.id}/changes", json={"change": 1, "reason": "入库"})
            assert change.status_code == (await client.post("/storage", json={})).status_code == 403
            assert (await client.get(f"/storage/{place.id}")).json()["allowed_actions"] == []


class TestChange:
    async def test_every_change_is_a_row_of_the_ledger(self, team: Team, as_: As, make: Make) -> None:
        place = await make.place(await make.product())
        admin = as_(team.admin)
        for change, reason in ((20, "采购入库"), (-3, "盘亏")):
            answer = await admin.post(f"/storage/{place.id}/changes", json={"change": change, "reason": reason})
            assert answer.status_code == 201
        assert answer.json()["count"] == 17
        rows = (await as_(team.manager).get(f"/storage/{place.id}/ledger")).json()["items"]
        told = [(row["change"], row["reason"], row["count_after"], row["by"]["name"], row["order"]) for row in rows]
        assert told == [(-3, "盘亏", 17, "管理员", None), (20, "采购入库", 20, "管理员", None)]

    @pytest.mark.parametrize(("change", "status"), [(-11, 422), (-8, 409), (0, 422), (10**9 + 1, 422), (1.5, 422)])
    async def test_never_below_zero_nor_below_what_is_reserved(
        self, change: float, status: int, team: Team, as_: As, make: Make
    ) -> None:
        place = await make.place(await make.product(), 10, reserved=3)
        answer = await as_(team.admin).post(f"/storage/{place.id}/changes", json={"change": change, "reason": "出库"})
        assert answer.status_code == status, answer.text
        assert (await as_(team.admin).get(f"/storage/{place.id}")).json()["count"] == 10
        assert (await make.session.scalars(select(StorageChange))).all() == []

    async def test_a_change_says_why_and_a_place_must_be_there(self, team: Team, as_: As, make: Make) -> None:
        place = await make.place(await make.product(), 10)
        admin = as_(team.admin)
        assert (await admin.post(f"/storage/{place.id}/changes", json={"change": 1})).status_code == 422
        for path in ("", "/ledger"):
            assert (await admin.get(f"/storage/{10**9}{path}")).status_code == 404
        gone = await admin.post(f"/storage/{10**9}/changes", json={"change": 1, "reason": "入库"})
        assert gone.status_code == 404


async def test_products_are_found_by_pinyin_and_tell_price_and_unit(team: Team, as_: As, make: Make) -> None:
    await make.product("工业网关", code="GW-10", unit="台", price="6800")
    await make.product("实施服务", code="SE-01")
    for text in ("gongye", "gyw", "GW", "网关"):
        rows = (await as_(team.manager).get(f"/products?q={text}")).json()["items"]
        assert [(row["name"], row["price"], row["unit"]) for row in rows] == [("工业网关", "6800.00", "台")], text
