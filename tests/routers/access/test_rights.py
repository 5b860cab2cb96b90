"""Rights as a list of words, in force, and explained for one person."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core import cache
from app.core.db import Base, BoundDatabase
from app.models.access.rbac import Permission
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.access.test_roles import match, put, role

As = Callable[..., Client]


def signed_in_at(app: FastAPI, like: Client) -> Client:
    """Return a client of an application that is signed in as another client is."""
    return Client(transport=ASGITransport(app), base_url=like.base_url, headers=like.headers)


class TestWords:
    async def test_every_right_stands_below_its_module_in_both_languages(self, team: Team, as_: As) -> None:
        rows = (await as_(team.admin).get("/rights")).json()
        actions = {row["code"]: row for row in rows if row["type"] == "action"}
        modules = {row["code"]: row for row in rows if row["type"] == "menu"}
        assert actions.keys() == {right.value for right in Permission}
        for code, row in actions.items():
            above = modules[row["parent_code"]]
            assert code.startswith(f"{above['code']}:")
            assert row["text"].startswith(f"{above['text']}:")
            assert row["text_en"].startswith(f"{above['text_en']}:")
        assert all(row["parent_code"] is None and row["text_en"] != row["code"] for row in modules.values())

    async def test_in_the_order_of_the_menu(self, team: Team, as_: As) -> None:
        rows = [row["code"] for row in (await as_(team.admin).get("/rights")).json()]
        some = ["chances", "customers", "services", "reports", "dict", "users", "settings"]
        assert [code for code in rows if code in some] == some
        some = ["customers:read", "customers:create", "customers:update", "customers:delete", "customers:finance"]
        assert [code for code in rows if code in some] == some

    async def test_they_tell_which_facts_they_open(self, team: Team, as_: As) -> None:
        fields = {row["code"]: row["fields"] for row in (await as_(team.admin).get("/rights")).json() if row["fields"]}
        declared = [getattr(mapper.class_, "__guarded__", None) for mapper in Base.registry.mappers]
        assert fields == {group.right: list(group.fields) for group in declared if group}

    async def test_for_who_may_read_roles(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).get("/rights")).status_code == 403


class TestInForce:
    @pytest.fixture
    def elsewhere(self, connection: AsyncConnection) -> FastAPI:
        """Return another process of the same installation."""
        return application(BoundDatabase(connection))

    @pytest.fixture
    def wait(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
        """Return a step that lets seconds pass."""
        real, passed = cache.time.monotonic, [0.0]
        monkeypatch.setattr(cache.time, "monotonic", lambda: real() + passed[0])

        def later(seconds: float) -> None:
            passed[0] += seconds

        return later

    async def test_a_right_is_gone_at_once_here_and_within_five_seconds_elsewhere(
        self, elsewhere: FastAPI, team: Team, as_: As, wait: Callable[[float], None]
    ) -> None:
        manager, admin = as_(team.manager), as_(team.admin)
        there = signed_in_at(elsewhere, manager)
        assert [(await one.get("/chances")).status_code for one in (manager, there)] == [200, 200]
        row = await role(admin, "manager")
        assert (await put(admin, row, ["people:read"])).status_code == 200
        assert (await manager.get("/chances")).json()["right"] == "chances:read"
        wait(5)
        assert (await there.get("/chances")).json()["right"] == "chances:read"

    async def test_reach_follows_too(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.colleague)
        manager, admin = as_(team.manager), as_(team.admin)
        assert (await manager.get("/customers")).json()["total"] == 0
        row = await role(admin, "manager")
        await admin.patch(f"/roles/{row['id']}", json={"data_scope": "department"}, headers=match(row))
        assert (await manager.get("/customers")).json()["total"] == 1

    async def test_a_disabled_role_gives_nothing_until_it_is_enabled(self, team: Team, as_: As, make: Make) -> None:
        person = await make.user("manager", "executive", department=team.east)
        both, admin = as_(person), as_(team.admin)
        assert (await both.get("/chances")).status_code == 200
        row = await role(admin, "manager")
        disabled = (await admin.patch(f"/roles/{row['id']}", json={"flag": "disabled"}, headers=match(row))).json()
        assert (await both.get("/chances")).status_code == 401  # the token still names the role
        person.roles = ("executive",)
        held = {one["right"]: one for one in (await as_(person).get("/me")).json()["rights"]}
        assert ("chances:read" in held, "chances:create" in held) == (True, False)
        picker = (await as_(team.supervisor).get("/people?holding=plans:execute")).json()["items"]
        assert {one["name"] for one in picker} == {"东主管", "西主管"}
        await admin.patch(f"/roles/{row['id']}", json={"flag": "active"}, headers=match(disabled))
        person.roles = ("executive", "manager")
        assert "chances:create" in {one["right"] for one in (await as_(person).get("/me")).json()["rights"]}

    async def test_a_new_role_can_be_given_at_once(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        body: dict[str, Any] = {"code": "clerk", "name": "内勤", "data_scope": "all", "rights": ["customers:read"]}
        assert (await admin.post("/roles", json=body)).status_code == 201
        url, change = f"/users/{team.manager.id}", {"roles": ["clerk"]}
        assert (await admin.patch(url, json=change, headers={"If-Match": '"1"'})).json()["roles"] == ["clerk"]
        assert (await role(admin, "clerk"))["people_count"] == 1


class TestExplained:
    async def test_each_right_with_its_widest_reach_and_who_gives_it(self, team: Team, as_: As, make: Make) -> None:
        person = await with_rights(make, team, own=("customers:read", "chances:read"), all=("customers:read",))
        rows = (await as_(team.admin).get(f"/users/{person.id}/rights")).json()
        told = {row["right"]: (row["scope"], [one["code"] for one in row["roles"]]) for row in rows}
        assert told == {"chances:read": ("own", ["of_own"]), "customers:read": ("all", ["of_own", "of_all"])}
        assert rows[1]["roles"][0]["data_scope"] == "own"

    async def test_it_says_what_is_in_force(self, team: Team, as_: As) -> None:
        rows = (await as_(team.admin).get(f"/users/{team.supervisor.id}/rights")).json()
        mine = (await as_(team.supervisor).get("/me")).json()["rights"]
        assert [{"right": row["right"], "scope": row["scope"]} for row in rows] == mine

    async def test_refusals(self, team: Team, as_: As, make: Make) -> None:
        assert (await as_(team.admin).get("/users/999999/rights")).status_code == 404
        reader = await with_rights(make, team, all=("users:read",))
        answer = await as_(reader).get(f"/users/{team.manager.id}/rights")
        assert answer.json()["right"] == "rbac:read"
