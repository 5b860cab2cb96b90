"""Lines of orders over HTTP: one by one under their own version, or all under the order's."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


def match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


async def a_draft(make: Make, team: Team, **facts: Any) -> Any:
    product = await make.product("甲", price=Decimal(10), unit="台")
    order = await make.order(await make.customer(team.manager), (product, 2), **facts)
    return order, product


class TestOneByOne:
    async def test_a_line_is_added_changed_and_removed(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        other = await make.product("乙", price=Decimal(7), unit="套")
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        added = await manager.post(path, json={"product_id": product.id, "count": 1, "price": "9.99"})
        assert (added.status_code, added.json()["total"]) == (201, "29.99")
        line = added.json()["lines"][1]
        changed = await manager.patch(f"{path}/{line['id']}", json={"discount": "0.5"}, headers=match(1))
        line = changed.json()["lines"][1]
        assert (line["price"], line["amount"], changed.json()["total"]) == ("9.99", "5.00", "25.00")
        swapped = await manager.patch(f"{path}/{line['id']}", json={"product_id": other.id}, headers=match(2))
        line = swapped.json()["lines"][1]
        assert (line["product"]["name"], line["unit"], line["price"], line["amount"]) == ("乙", "套", "7.00", "3.50")
        left = await manager.delete(f"{path}/{line['id']}", headers=match(3))
        assert (left.status_code, left.json()["total"], len(left.json()["lines"])) == (200, "20.00", 1)

    async def test_a_line_has_a_version_of_its_own(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        line = (await manager.get(f"/orders/{order.id}")).json()["lines"][0]
        assert (await manager.post(path, json={"product_id": product.id, "count": 1})).status_code == 201
        one = f"{path}/{line['id']}"
        assert (await manager.patch(one, json={"count": 5}, headers=match(1))).json()["total"] == "60.00"
        assert (await manager.patch(one, json={"count": 6}, headers=match(1))).status_code == 412
        assert (await manager.delete(one, headers=match(1))).status_code == 412
        for answer in (await manager.patch(one, json={"count": 6}), await manager.delete(one)):
            assert answer.status_code == 428

    @pytest.mark.parametrize("body", [{"count": None}, {"count": 0}, {"price": "-1"}, {"product_id": 10**9}, {"x": 1}])
    async def test_what_cannot_be_is_422(self, body: dict[str, Any], team: Team, as_: As, make: Make) -> None:
        order, _ = await a_draft(make, team)
        manager = as_(team.manager)
        line = (await manager.get(f"/orders/{order.id}")).json()["lines"][0]
        answer = await manager.patch(f"/orders/{order.id}/lines/{line['id']}", json=body, headers=match(1))
        assert answer.status_code == 422

    async def test_a_line_of_another_order_is_404(self, team: Team, as_: As, make: Make) -> None:
        order, _ = await a_draft(make, team)
        other, _ = await a_draft(make, team)
        manager = as_(team.manager)
        line = (await manager.get(f"/orders/{other.id}")).json()["lines"][0]
        path = f"/orders/{order.id}/lines/{line['id']}"
        assert (await manager.patch(path, json={"count": 5}, headers=match(1))).status_code == 404
        assert (await manager.delete(path, headers=match(1))).status_code == 404

    @pytest.mark.parametrize("status", ["confirmed", "completed", "cancelled"])
    async def test_only_a_draft_has_lines_to_edit(self, status: str, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team, status=status, owner_id=team.manager.id)
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        line = (await manager.get(f"/orders/{order.id}")).json()["lines"][0]
        body = {"product_id": product.id, "count": 1}
        for answer in (
            await manager.post(path, json=body),
            await manager.put(path, json={"lines": [body]}, headers=match(1)),
            await manager.patch(f"{path}/{line['id']}", json={"count": 1}, headers=match(1)),
            await manager.delete(f"{path}/{line['id']}", headers=match(1)),
        ):
            assert (answer.status_code, answer.json()["state"]) == (409, status)

    async def test_who_only_reads_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        body = {"product_id": product.id, "count": 1}
        path = f"/orders/{order.id}/lines"
        assert (await as_(team.executive).post(path, json=body)).status_code == 403
        assert (await as_(team.stranger).post(path, json=body)).status_code == 404


class TestTheWhole:
    async def test_lines_are_kept_added_and_removed(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        added = (await manager.post(path, json={"product_id": product.id, "count": 1})).json()
        kept = added["lines"][1]
        lines = [{"id": kept["id"], "product_id": product.id, "count": 4}, {"product_id": product.id, "count": 1}]
        answer = await manager.put(path, json={"lines": lines}, headers=match(added["version"]))
        found = answer.json()["lines"]
        assert (found[0]["id"], [line["count"] for line in found]) == (kept["id"], [4, 1])
        assert answer.json()["total"] == "50.00"

    async def test_a_line_that_came_meanwhile_is_not_lost(self, team: Team, as_: As, make: Make) -> None:
        order, _ = await a_draft(make, team)
        free = await make.product("赠品", price=Decimal(0))
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        seen = (await manager.get(f"/orders/{order.id}")).json()["version"]
        assert (await manager.post(path, json={"product_id": free.id, "count": 1})).json()["total"] == "20.00"
        stale = await manager.put(path, json={"lines": []}, headers=match(seen))
        assert (stale.status_code, stale.json()["version"]) == (412, seen + 1)
        assert (await manager.put(path, json={"lines": []})).status_code == 428
        assert len((await manager.get(f"/orders/{order.id}")).json()["lines"]) == 2

    async def test_a_line_is_named_once_and_is_the_order_s(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        manager = as_(team.manager)
        line = (await manager.get(f"/orders/{order.id}")).json()["lines"][0]
        one = {"id": line["id"], "product_id": product.id, "count": 1}
        for lines, pointer in (([one, one], "/lines/1/id"), ([one | {"id": 10**9}], "/lines/0/id")):
            answer = await manager.put(f"/orders/{order.id}/lines", json={"lines": lines}, headers=match(1))
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_a_product_that_is_no_longer_sold_may_stay(self, team: Team, as_: As, make: Make) -> None:
        order, product = await a_draft(make, team)
        product.enabled = False
        await make.session.commit()
        manager, path = as_(team.manager), f"/orders/{order.id}/lines"
        body = {"product_id": product.id, "count": 3}
        assert (await manager.post(path, json=body)).status_code == 422
        assert (await manager.put(path, json={"lines": [body]}, headers=match(1))).json()["total"] == "30.00"
