"""Rows that name records by what Kith calls them: their own and those that they refer to."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_imports import codes, outcomes, send

As = Callable[..., Client]


async def one(client: Client, noun: str, row: dict[str, Any], **options: Any) -> dict[str, Any]:
    answer = await client.post(f"/imports/{noun}", json={"rows": [row]} | options)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"][0]


class TestReferences:
    async def test_people_by_id_and_by_log_in_name(self, team: Team, as_: As) -> None:
        ways = ({"id": team.manager.id}, {"user_name": team.manager.user_name.upper()})
        rows = [
            {"external_id": f"c{n}", "name": f"客户{n}号", "manager_external_id": way} for n, way in enumerate(ways)
        ]
        assert outcomes(await send(as_(team.admin), "customers", *rows)) == ["created", "created"]
        found = (await as_(team.manager).get("/customers")).json()["items"]
        assert {row["manager"]["id"] for row in found} == {team.manager.id}

    async def test_records_by_id_number_and_code(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
        await make.product("甲", price="10", code="A-1")
        order = {
            "external_id": "o1", "customer_external_id": {"number": customer.number}, "date": "2020-05-01",
            "chance_external_id": {"number": chance.number}, "status": "completed",
            "lines": [{"product_external_id": {"code": "A-1"}, "count": 1}],
        }  # fmt: skip
        assert outcomes(await send(as_(team.admin), "orders", order)) == ["created"]
        assert outcomes(await send(as_(team.admin), "orders", order)) == ["unchanged"]
        contact = {"external_id": "l1", "name": "张三", "customer_external_id": {"id": customer.id}}
        assert outcomes(await send(as_(team.admin), "linkmen", contact)) == ["created"]
        row = (await as_(team.manager).get("/orders?external_id=o1")).json()["items"][0]
        found = (await as_(team.manager).get(f"/orders/{row['id']}")).json()
        assert (found["customer"]["id"], found["chance"]["id"], found["total"]) == (customer.id, chance.id, "10.00")

    @pytest.mark.parametrize(
        ("way", "pointer", "code"),
        [
            ({"user_name": "nobody"}, "manager_external_id", "not_found"),
            ({"id": 999_999_999}, "manager_external_id", "not_found"),
            ({"number": "KH1"}, "manager_external_id/id", "missing"),
            ({"id": 0}, "manager_external_id/id", "greater_than_equal"),
            ({"id": True}, "manager_external_id/id", "int_type"),
            ({"id": 1, "name": "x"}, "manager_external_id/name", "extra_forbidden"),
            (7, "manager_external_id", "string_type"),
            ("", "manager_external_id", "string_too_short"),
        ],
    )
    async def test_what_names_nobody_is_told_at_the_field(
        self, way: Any, pointer: str, code: str, team: Team, as_: As
    ) -> None:
        row = {"external_id": "c1", "name": "客户", "manager_external_id": way}
        result = await one(as_(team.admin), "customers", row)
        assert (result["outcome"], (f"/rows/0/{pointer}", code) in codes(result)) == ("refused", True), result

    async def test_one_that_is_set_aside_is_told_as_it_was_sent(self, team: Team, as_: As) -> None:
        row = {"external_id": "c1", "name": "客户", "manager_external_id": {"id": team.manager.id}}
        row["parent_external_id"] = {"number": "KH0"}
        result = await one(as_(team.admin), "customers", row, on_invalid_optional="set_aside")
        assert (result["outcome"], result["set_aside"][0]["value"]) == ("created", {"number": "KH0"})

    async def test_what_lies_in_the_recycle_bin_is_not_there(self, team: Team, as_: As, make: Make) -> None:
        gone = await make.customer(team.manager, deleted_at=make.now())
        row = {"external_id": "l1", "name": "张三", "customer_external_id": {"id": gone.id}}
        assert codes(await one(as_(team.admin), "linkmen", row)) >= {("/rows/0/customer_external_id", "not_found")}


class TestOwnKey:
    async def test_a_row_meets_a_record_of_the_screen_and_gives_it_its_external_id(
        self, team: Team, as_: As, make: Make
    ) -> None:
        admin, customer = as_(team.admin), await make.customer(team.manager, "蓝海公司")
        row = {"number": customer.number, "external_id": "c1", "name": "蓝海公司", "level": "major"}
        result = await one(admin, "customers", row)
        assert (result["outcome"], result["id"], result["external_id"]) == ("updated", customer.id, "c1")
        del row["number"]
        assert (await one(admin, "customers", row))["outcome"] == "unchanged"
        assert (await one(admin, "customers", {"id": customer.id, "name": "蓝海公司"}))["external_id"] == "c1"

    async def test_people_are_met_by_their_log_in_name(self, team: Team, as_: As) -> None:
        row = {"user_name": team.manager.user_name, "name": "小明明", "roles": ["manager"]}
        result = await one(as_(team.admin), "users", row)
        assert (result["outcome"], result["id"], result["external_id"]) == ("updated", team.manager.id, None)

    async def test_products_are_met_by_their_code(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product("甲", code="A-1")
        result = await one(as_(team.admin), "products", {"code": "A-1", "name": "乙"})
        assert (result["outcome"], result["id"]) == ("updated", product.id)

    @pytest.mark.parametrize("aside", ["refuse", "set_aside"])
    @pytest.mark.parametrize(
        ("noun", "row"),
        [
            ("customers", {"id": 999_999_999, "name": "客户"}),
            ("customers", {"number": "KH0", "external_id": "c9", "name": "客户"}),
            ("products", {"code": "none", "name": "乙"}),
            ("users", {"user_name": "nobody", "name": "N", "roles": ["manager"]}),
        ],
    )
    async def test_nothing_new_is_made_under_a_key_of_ours(
        self, noun: str, row: dict[str, Any], aside: str, team: Team, as_: As
    ) -> None:
        result = await one(as_(team.admin), noun, row, on_invalid_optional=aside)
        assert (result["outcome"], {code for _, code in codes(result)}) == ("refused", {"not_found"})

    async def test_two_rows_of_one_record_are_told(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, external_id="c1")
        rows: list[dict[str, Any]] = [
            {"external_id": "c1", "name": "甲公司"}, {"id": customer.id, "name": "乙公司"},
            {"id": customer.id, "external_id": "c2", "name": "丙公司"},
        ]  # fmt: skip
        results = await send(as_(team.admin), "customers", *rows)
        assert outcomes(results) == ["updated", "refused", "refused"]
        assert codes(results[1]) == {("/rows/1/id", "repeated")}

    async def test_an_external_id_of_another_record_is_taken(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager, external_id="c1")
        other = await make.customer(team.manager)
        row = {"id": other.id, "external_id": "c1", "name": other.name}
        assert codes(await one(as_(team.admin), "customers", row)) == {("/rows/0/external_id", "taken")}
