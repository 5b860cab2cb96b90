"""What people changed since an import stays with the next one, unless it is asked to overwrite; no payment is ever deleted."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_order_imports import ORDER, a_house, found

As = Callable[..., Client]
CUSTOMER = {
    "external_id": "c9", "name": "蓝海公司", "manager_external_id": "u1", "level": "major", "tel": "1", "memo": "a",
}  # fmt: skip


def kept(result: dict[str, Any]) -> list[str]:
    return [one["pointer"].removeprefix("/rows/0/") for one in result["kept"]]


async def changed(client: Client, address: str, body: dict[str, Any]) -> dict[str, Any]:
    etag = (await client.get(address)).headers["etag"]
    answer = await client.patch(address, json=body, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestFields:
    async def test_a_person_s_value_stays_and_is_told(self, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        customer_id = (await one(admin, "customers", CUSTOMER))["id"]
        await changed(manager, f"/customers/{customer_id}", {"tel": "2"})
        result = await one(admin, "customers", CUSTOMER | {"tel": "3", "memo": "b"})
        assert (result["outcome"], kept(result), result["kept"][0]["value"]) == ("updated", ["tel"], "3")
        row = (await manager.get(f"/customers/{customer_id}")).json()
        assert (row["tel"], row["memo"]) == ("2", "b")
        same = await one(admin, "customers", CUSTOMER | {"tel": "2", "memo": "b"})
        assert (same["outcome"], same["kept"]) == ("unchanged", [])

    async def test_overwriting_is_asked_for_and_the_field_is_the_import_s_again(
        self, team: Team, as_: As, make: Make
    ) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        customer_id = (await one(admin, "customers", CUSTOMER))["id"]
        await changed(manager, f"/customers/{customer_id}", {"tel": "2"})
        result = await one(admin, "customers", CUSTOMER | {"tel": "3"}, on_conflict="overwrite")
        assert (result["outcome"], result["kept"]) == ("updated", [])
        result = await one(admin, "customers", CUSTOMER | {"tel": "4"})
        assert (result["outcome"], result["kept"]) == ("updated", [])
        assert (await manager.get(f"/customers/{customer_id}")).json()["tel"] == "4"

    async def test_what_was_made_on_screen_is_a_person_s_and_what_is_empty_is_filled(
        self, team: Team, as_: As, make: Make
    ) -> None:
        await a_house(make, team)
        made = (await as_(team.manager).post("/customers", json={"name": "绿洲公司", "tel": "2"})).json()
        row = {"number": made["number"], "external_id": "g1", "name": "绿洲集团", "tel": "3", "memo": "b"}
        result = await one(as_(team.admin), "customers", row)
        assert (result["outcome"], sorted(kept(result))) == ("updated", ["name", "tel"])
        after = (await as_(team.manager).get(f"/customers/{made['id']}")).json()
        assert (after["name"], after["tel"], after["memo"], after["external_id"]) == ("绿洲公司", "2", "b", "g1")

    async def test_references_and_roles_are_values_too(self, team: Team, as_: As, make: Make) -> None:
        admin = as_(team.admin)
        row = {"external_id": "u9", "user_name": "nora", "name": "Nora", "roles": ["manager"]}
        keeper = as_(await with_rights(make, team, all=("users:read", "users:write", "rbac:write", "departments:read")))
        user_id = (await one(admin, "users", row))["id"]
        await changed(keeper, f"/users/{user_id}", {"roles": ["supervisor"], "department_id": team.west.id})
        team.east.external_id = "east"
        await make.session.commit()
        result = await one(admin, "users", row | {"department_external_id": "east"})
        assert (result["outcome"], sorted(kept(result))) == ("unchanged", ["department_external_id", "roles"])
        assert ["manager"] in [one["value"] for one in result["kept"]]
        result = await one(admin, "users", row, on_conflict="overwrite")
        assert result["outcome"] == "updated"
        assert (await keeper.get(f"/users/{user_id}")).json()["roles"] == ["manager"]


class TestChances:
    ROW: ClassVar[dict[str, Any]] = {
        "external_id": "h9", "title": "一批阀门", "customer_external_id": "c1", "assignee_external_id": "u1",
        "opened_at": "2020-01-01", "amount": "100",
    }  # fmt: skip

    async def test_a_chance_that_was_won_here_stays_won_with_all_its_facts(
        self, team: Team, as_: As, make: Make
    ) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        chance_id = (await one(admin, "chances", self.ROW))["id"]
        customer = (await manager.get(f"/chances/{chance_id}")).json()["customer"]
        body = {"close_value": "90", "customer_id": customer["id"]}
        assert (await manager.post(f"/chances/{chance_id}/succeed", json=body)).status_code == 200
        result = await one(admin, "chances", self.ROW | {"status": "assigned", "title": "另一批"})
        assert (result["outcome"], sorted(kept(result))) == ("unchanged", ["status", "title"])
        chance = (await manager.get(f"/chances/{chance_id}")).json()
        assert (chance["status"], chance["title"], chance["close_value"]) == ("succeeded", "一批阀门", "90.00")
        assert await verify.sums(make.ctx) == []

    async def test_who_it_was_handed_to_here_keeps_it(self, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin = as_(team.admin)
        chance_id = (await one(admin, "chances", self.ROW))["id"]
        body = {"assignee_id": team.colleague.id, "reason": "x"}
        assert (await as_(team.supervisor).post(f"/chances/{chance_id}/assign", json=body)).status_code == 200
        result = await one(admin, "chances", self.ROW | {"amount": "200"})
        assert (result["outcome"], kept(result)) == ("updated", ["assignee_external_id"])
        chance = (await as_(team.colleague).get(f"/chances/{chance_id}")).json()
        assert (chance["assignee"]["id"], chance["amount"]) == (team.colleague.id, "200.00")


class TestOrders:
    DRAFT: ClassVar[dict[str, Any]] = {
        "external_id": "o9", "customer_external_id": "c1", "date": "2020-05-01", "memo": "a",
        "lines": [{"product_external_id": "p1", "count": 3}],
    }  # fmt: skip

    async def test_lines_that_were_changed_here_stay(self, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        order_id = (await one(admin, "orders", self.DRAFT))["id"]
        order = (await manager.get(f"/orders/{order_id}")).json()
        line = order["lines"][0]
        changed_line = await manager.patch(
            f"/orders/{order_id}/lines/{line['id']}", json={"count": 5}, headers={"If-Match": f'"{line["version"]}"'}
        )
        assert changed_line.status_code == 200, changed_line.text
        result = await one(admin, "orders", self.DRAFT | {"memo": "b"})
        assert (result["outcome"], kept(result)) == ("updated", ["lines"])
        assert (await found(manager, "o9"))["lines"][0]["count"] == 5
        result = await one(admin, "orders", self.DRAFT, on_conflict="overwrite")
        assert (result["outcome"], (await found(manager, "o9"))["lines"][0]["count"]) == ("updated", 3)
        assert await verify.sums(make.ctx) == []

    @pytest.mark.parametrize("step", ["confirm", "cancel"])
    async def test_a_state_that_was_reached_here_stays(self, step: str, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        order_id = (await one(admin, "orders", self.DRAFT))["id"]
        body = {"reason": "x"} if step == "cancel" else {}
        answer = await manager.post(f"/orders/{order_id}/{step}", json=body)
        assert answer.status_code == 200, answer.text
        row = self.DRAFT | {
            "status": "draft",
            "date": "2020-06-01",
            "lines": [{"product_external_id": "p1", "count": 4}],
        }
        result = await one(admin, "orders", row)
        assert (result["outcome"], {"status", "date", "lines"} - set(kept(result))) == ("unchanged", set()), result
        assert await verify.sums(make.ctx) == []

    async def test_no_payment_is_deleted_and_none_is_there_twice(self, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        order_id = (await one(admin, "orders", ORDER))["id"]
        await manager.post(f"/orders/{order_id}/payments", json={"amount": "5", "date": "2020-07-01"})
        for mode in ("keep", "overwrite"):
            for payments in ([], ORDER["payments"]):
                result = await one(admin, "orders", ORDER | {"payments": payments}, on_conflict=mode)
                assert (result["outcome"], kept(result)) == ("unchanged", ["payments"]), (mode, payments)
                stays = {(pay["date"], pay["amount"]) for pay in result["kept"][0]["value"]}
                assert stays - {(pay["date"], f"{pay['amount']}.00") for pay in ORDER["payments"]} == {
                    ("2020-07-01", "5.00")
                }
        more = [*ORDER["payments"], {"date": "2020-08-01", "amount": "2"}]
        assert (await one(admin, "orders", ORDER | {"payments": more}))["outcome"] == "updated"
        order = await found(manager, "o1")
        assert (order["paid"], len(order["payments"])) == ("27.00", 3)
        above = [*more, {"date": "2020-08-02", "amount": "1"}]
        assert (await one(admin, "orders", ORDER | {"payments": above}))["outcome"] == "refused"
        assert await verify.sums(make.ctx) == []

    async def test_a_payment_that_was_removed_here_does_not_come_back(self, team: Team, as_: As, make: Make) -> None:
        await a_house(make, team)
        admin, manager = as_(team.admin), as_(team.manager)
        order_id = (await one(admin, "orders", ORDER))["id"]
        payment = (await found(manager, "o1"))["payments"][0]
        removed = await manager.delete(
            f"/orders/{order_id}/payments/{payment['id']}", headers={"If-Match": f'"{payment["version"]}"'}
        )
        assert removed.status_code in {200, 204}, removed.text
        result = await one(admin, "orders", ORDER)
        assert (result["outcome"], kept(result)) == ("unchanged", ["payments/0"])
        assert result["kept"][0]["value"].items() >= {"date": payment["date"], "amount": payment["amount"]}.items()
        assert (await one(admin, "orders", ORDER, on_conflict="overwrite"))["outcome"] == "updated"
        assert (await found(manager, "o1"))["paid"] == "20.00"
        assert await verify.sums(make.ctx) == []
