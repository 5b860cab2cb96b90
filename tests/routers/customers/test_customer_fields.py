"""What an administrator requires of new customers, and hides: in force for people, told to every client."""

from collections.abc import Callable
from typing import Any

import pytest

from app.schemas.customers.customers import CustomerFacts
from app.services.base import settings
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}


async def rule(make: Make, **lists: list[str]) -> None:
    """Set the lists of required and hidden facts."""
    for name, fields in lists.items():
        await settings.put(make.session, f"customers.{name}", fields)
    await make.session.commit()


def missing(answer: Any) -> list[str]:
    """Return the pointers at which a fact is missed, of an answer that refuses for this alone."""
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert {error["code"] for error in errors} == {"required"}
    return [error["pointer"] for error in errors]


class TestSettings:
    async def test_every_optional_fact_can_be_ruled_upon(self, team: Team, as_: As) -> None:
        rows = {row["name"]: row for row in (await as_(team.admin).get("/settings")).json()}
        for name in ("customers.required", "customers.hidden"):
            found = rows[name]
            assert (found["type"], found["value"], found["default"]) == ("choices", [], [])
            assert set(found["options"]) == CustomerFacts.model_fields.keys()

    async def test_a_change_is_told_to_every_client_in_the_order_of_the_options(self, team: Team, as_: As) -> None:
        admin, match = as_(team.admin), {"If-Match": '"0"'}
        for name, value in (("required", ["tel", "level"]), ("hidden", ["fax"])):
            answer = await admin.put(f"/settings/customers.{name}", json={"value": value}, headers=match)
            assert (answer.status_code, sorted(answer.json()["value"])) == (200, sorted(value))
        for url in ("/me", "/settings/public"):
            found = (await as_(team.manager).get(url)).json()
            assert (found["customers_required"], found["customers_hidden"]) == (["level", "tel"], ["fax"])

    @pytest.mark.parametrize(("name", "other"), [("required", "hidden"), ("hidden", "required")])
    async def test_no_fact_is_both(self, name: str, other: str, team: Team, as_: As, make: Make) -> None:
        await rule(make, **{other: ["tel", "fax"]})
        body, match = {"value": ["fax", "level"]}, {"If-Match": '"0"'}
        answer = await as_(team.admin).put(f"/settings/customers.{name}", json=body, headers=match)
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["pointer"], error["code"]) == (422, "/value", "required_and_hidden")
        assert "fax" in error["message"]
        assert (await as_(team.manager).get("/me")).json()[f"customers_{name}"] == []


class TestCreate:
    async def test_what_is_required_must_be_there(self, team: Team, as_: As, make: Make) -> None:
        await rule(make, required=["level", "employees", "tel", "parent_id"])
        manager, body = as_(team.manager), {"name": "蓝海科技", "tel": " ", "level": None}
        answer = await manager.post("/customers", json=body)
        assert missing(answer) == ["/level", "/employees", "/tel", "/parent_id"]
        assert (await manager.get("/customers")).json()["total"] == 0
        top = await make.customer(team.manager)
        full = {"name": "蓝海科技", "tel": "0591-1", "level": "major", "employees": 0, "parent_id": top.id}
        assert (await manager.post("/customers", json=full)).status_code == 201

    async def test_a_hidden_fact_is_not_required_though_both_lists_name_it(
        self, team: Team, as_: As, make: Make
    ) -> None:
        await rule(make, required=["tel", "fax"], hidden=["tel"])
        assert missing(await as_(team.manager).post("/customers", json={"name": "蓝海科技"})) == ["/fax"]

    async def test_nobody_is_asked_for_what_they_may_not_give(self, team: Team, as_: As, make: Make) -> None:
        await rule(make, required=["turnover", "level"])
        clerk = as_(await with_rights(make, team, all=("customers:read", "customers:create")))
        assert missing(await clerk.post("/customers", json={"name": "甲"})) == ["/level"]
        assert missing(await as_(team.manager).post("/customers", json={"name": "甲"})) == ["/turnover", "/level"]
        assert (await clerk.post("/customers", json={"name": "甲", "level": "major"})).status_code == 201


class TestUpdate:
    async def test_emptying_a_required_fact_is_refused(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, tel="0591-1", level="major")
        await rule(make, required=["tel", "level", "fax"])
        manager, url = as_(team.manager), f"/customers/{customer.id}"
        answer = await manager.patch(url, json={"tel": "", "level": None, "memo": None}, headers=MATCH)
        assert sorted(missing(answer)) == ["/level", "/tel"]
        assert (await manager.get(url)).json()["tel"] == "0591-1"

    async def test_what_was_empty_before_stands_in_nobody_s_way(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        await rule(make, required=["tel", "level"])
        manager, url = as_(team.manager), f"/customers/{customer.id}"
        assert (await manager.patch(url, json={"memo": "改"}, headers=MATCH)).status_code == 200
        again = {"If-Match": '"2"'}
        assert missing(await manager.patch(url, json={"memo": "再改", "tel": None}, headers=again)) == ["/tel"]
        assert (await manager.patch(url, json={"tel": "0591-1"}, headers=again)).status_code == 200


class TestExempt:
    async def test_imports(self, team: Team, as_: As, make: Make) -> None:
        await make.user("manager", external_id="u1", department=team.east)
        await rule(make, required=["tel", "level"])
        row = {"external_id": "c1", "name": "蓝海科技", "manager_external_id": "u1"}
        answer = await as_(team.admin).post("/imports/customers", json={"rows": [row]})
        assert answer.json()["results"][0]["outcome"] == "created"

    async def test_the_customer_that_a_won_chance_makes(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        await rule(make, required=["tel", "level", "region"])
        body = {"closed_on": make.today.isoformat(), "close_value": "1.00", "create_customer": True}
        answer = await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)
        assert (answer.status_code, answer.json()["status"]) == (200, "succeeded"), answer.text
