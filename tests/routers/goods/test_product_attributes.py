"""Attributes of products: a whole list under the product's version, row by row in the history."""

from collections.abc import Callable
from typing import Any

import pytest

from app.models.goods.products import ProductCategory
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


def listed(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


class TestAttributes:
    async def test_they_come_with_the_product_and_keep_their_order(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        made = (
            await admin.post("/products", json={"name": "网关", "attributes": listed(电压="24 V", 重量="1 kg")})
        ).json()
        assert made["attributes"] == listed(电压="24 V", 重量="1 kg")
        path = f"/products/{made['id']}"
        turned = await admin.patch(path, json={"attributes": listed(重量="1 kg", 电压="24 V")}, headers=match(1))
        assert (turned.json()["attributes"], turned.json()["version"]) == (listed(重量="1 kg", 电压="24 V"), 2)
        kept = await admin.patch(path, json={"memo": "x"}, headers=match(2))
        assert len(kept.json()["attributes"]) == 2
        assert (await as_(team.manager).get(path)).json()["attributes"] == turned.json()["attributes"]
        assert (await admin.patch(path, json={"attributes": []}, headers=match(3))).json()["attributes"] == []

    async def test_the_history_tells_each_of_them(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        made = (await admin.post("/products", json={"name": "网关", "attributes": listed(甲="1", 乙="2")})).json()
        path = f"/products/{made['id']}"
        await admin.patch(path, json={"attributes": listed(丙="3", 甲="9")}, headers=match(1))
        rows = (await as_(team.manager).get(f"{path}/history")).json()["items"]
        told = {(row["action"], *row["changes"]["name"], *row["changes"]["value"]) for row in rows[:3]}
        assert told == {
            ("add_attribute", None, "丙", None, "3"), ("change_attribute", None, "甲", "1", "9"),
            ("remove_attribute", "乙", None, "2", None),
        }  # fmt: skip

    async def test_nothing_changed_is_no_new_version_and_an_old_version_is_refused(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        made = (await admin.post("/products", json={"name": "网关", "attributes": listed(甲="1")})).json()
        path = f"/products/{made['id']}"
        same = await admin.patch(path, json={"attributes": listed(甲="1")}, headers=match(1))
        assert same.json()["version"] == 1
        await admin.patch(path, json={"attributes": listed(甲="2")}, headers=match(1))
        stale = await admin.patch(path, json={"attributes": []}, headers=match(1))
        assert (stale.status_code, (await admin.get(path)).json()["attributes"]) == (412, listed(甲="2"))
        assert (await admin.patch(path, json={"attributes": []})).status_code == 428

    @pytest.mark.parametrize(
        ("attributes", "pointer"),
        [
            (listed(甲="1") + listed(甲="2"), "/attributes/1/name"),
            ([*listed(甲="1"), {"name": " 甲 ", "value": "2"}], "/attributes/1/name"),
            ([{"name": "", "value": "1"}], "/attributes/0/name"),
            ([{"name": "名" * 41, "value": "1"}], "/attributes/0/name"),
            ([{"name": "甲", "value": ""}], "/attributes/0/value"),
            ([{"name": "甲", "value": "值" * 201}], "/attributes/0/value"),
            ([{"name": "甲"}], "/attributes/0/value"),
            ([{"name": "甲", "value": "1", "unit": "V"}], "/attributes/0/unit"),
            ([{"name": f"名{n}", "value": "1"} for n in range(51)], "/attributes"),
            (None, "/attributes"),
        ],
    )
    async def test_bad_ones_are_told_at_their_place(
        self, attributes: Any, pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        product = await make.product()
        answer = await as_(team.admin).patch(
            f"/products/{product.id}", json={"attributes": attributes}, headers=match(1)
        )
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_fifty_of_the_longest_fit(self, team: Team, as_: As) -> None:
        many = [{"name": f"{n:02d}" + "名" * 38, "value": "值" * 200} for n in range(50)]
        answer = await as_(team.admin).post("/products", json={"name": "网关", "attributes": many})
        assert (answer.status_code, len(answer.json()["attributes"])) == (201, 50)

    async def test_only_who_keeps_products(self, team: Team, as_: As, make: Make) -> None:
        path = f"/products/{(await make.product()).id}"
        answer = await as_(team.supervisor).patch(path, json={"attributes": listed(甲="1")}, headers=match(1))
        assert answer.status_code == 403


class TestNames:
    async def test_those_of_the_category_the_most_used_first(self, team: Team, as_: As, make: Make) -> None:
        hardware = await make.add(ProductCategory(name="硬件"))
        devices = await make.add(ProductCategory(name="终端", parent_id=hardware.id))
        admin = as_(team.admin)
        for category, names in ((hardware.id, "电压 重量"), (devices.id, "重量"), (None, "用户数")):
            attributes = [{"name": name, "value": "1"} for name in names.split()]
            body = {"name": "产品", "category_id": category, "attributes": attributes}
            assert (await admin.post("/products", json=body)).status_code == 201
        manager = as_(team.manager)
        cases = {f"?category_id={hardware.id}": ["重量", "电压"], f"?category_id={devices.id}": ["重量"]}
        for query, names in cases.items():
            assert (await manager.get(f"/products/attribute-names{query}")).json() == names
        assert set((await manager.get("/products/attribute-names")).json()) == {"重量", "电压", "用户数"}
        assert (await manager.get("/products/attribute-names?shelf=1")).status_code == 422
