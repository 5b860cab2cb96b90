"""The demo company is no open door: when one comes in by a click, whom one may be, and how it ends."""

import importlib.util
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from app.core.settings import ROOT
from app.demo.company import fill as demo
from app.models.access.users import User
from app.services.access import demo_door, links
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, build_team

As = Callable[..., Client]
PASSWORD = "a long enough one"


async def people(make: Make) -> dict[str, User]:
    """Open the door as a filling does, and make some people of the demo company."""
    await demo_door.open_if_new(make.ctx)
    roles = ("supervisor", "manager", "executive", "admin")
    return {role: await make.user(role, is_demo=True) for role in roles}


@pytest.fixture
async def company(make: Make) -> dict[str, User]:
    return await people(make)


async def state(client: Client, **headers: str) -> Any:
    return (await client.get("/api/v1/auth/state", headers=headers)).json()


async def click(client: Client, user: User, **headers: str) -> int:
    return (await client.post("/api/v1/auth/demo", json={"user_id": user.id}, headers=headers)).status_code


class TestWhenItIsOpen:
    async def test_filled_while_nobody_was_here(self, make: Make, client: Client) -> None:
        await demo.fill(make.ctx)
        await make.session.commit()
        found = await state(client)
        assert (found["demo"], found["needs_setup"], len(found["people"])) == (True, False, 11)
        one = await make.session.get_one(User, found["people"][0]["id"])
        assert await click(client, one) == 200

    async def test_not_beside_an_administrator(self, team: Team, make: Make, as_: As, client: Client) -> None:
        assert (await as_(team.admin).post("/demo")).status_code == 200
        found = await state(client)
        assert (found["demo"], found["people"]) == (False, [])
        for user in await make.session.scalars(select(User).where(User.is_demo)):
            assert await click(client, user) == 403
        assert await click(client, team.admin) == 403
        await make.session.refresh(team.admin)
        match = {"If-Match": f'"{team.admin.version}"'}
        answer = await as_(team.admin).patch(f"/users/{team.admin.id}", json={"flag": "disabled"}, headers=match)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")  # no demo person counts

    async def test_not_by_the_terminal_beside_anybody(self, make: Make, client: Client) -> None:
        await make.user("manager")
        company = await people(make)
        assert await click(client, company["manager"]) == 403

    async def test_never_in_production(self, app: FastAPI, company: dict[str, User], client: Client) -> None:
        held = app.state.kith
        held.settings = held.settings.model_copy(update={"production": True, "demo_admin": True})
        found = await state(client)
        assert (found["demo"], found["people"]) == (False, [])
        assert await click(client, company["manager"]) == 403

    async def test_nobody_outside_the_demo_company_is_entered(
        self, company: dict[str, User], client: Client, make: Make
    ) -> None:
        assert company
        assert await click(client, await make.user("manager")) == 403


class TestTheAdministrator:
    async def offered(self, client: Client, company: dict[str, User], **headers: str) -> bool:
        listed = "admin" in {person["role"] for person in (await state(client, **headers))["people"]}
        assert (await click(client, company["admin"], **headers) == 200) is listed
        assert await click(client, company["manager"], **headers) == 200
        return listed

    async def test_is_offered_on_the_machine_itself(self, company: dict[str, User], client: Client) -> None:
        assert await self.offered(client, company)

    @pytest.mark.parametrize("peer", ["192.0.2.7", "::ffff:192.0.2.7", "fe80::1", "10.0.0.1"])
    async def test_is_not_offered_to_another(self, peer: str, app: FastAPI, company: dict[str, User]) -> None:
        transport = httpx.ASGITransport(app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as other:
            assert not await self.offered(other, company)

    @pytest.mark.parametrize(
        ("header", "value", "offered"),
        [
            ("X-Forwarded-For", "192.0.2.7", False),
            ("X-Forwarded-For", "127.0.0.1, 192.0.2.7", False),
            ("X-Forwarded-For", "garbage", False),
            ("X-Forwarded-For", "127.0.0.1", True),
            ("Forwarded", "for=127.0.0.1", False),
            ("X-Real-IP", "127.0.0.1", False),
        ],
    )
    async def test_a_forwarded_address_counts(
        self, header: str, value: str, offered: object, company: dict[str, User], client: Client
    ) -> None:
        assert await self.offered(client, company, **{header: value}) is offered

    async def test_a_setting_offers_it_to_all(self, app: FastAPI, company: dict[str, User], client: Client) -> None:
        held = app.state.kith
        held.settings = held.settings.model_copy(update={"demo_admin": True})
        assert await self.offered(client, company, **{"X-Forwarded-For": "192.0.2.7"})


class TestOthersAccounts:
    @pytest.fixture
    async def guest(self, company: dict[str, User], make: Make, as_: As) -> tuple[Client, Team]:
        """Return the demo administrator where people of another company are."""
        return as_(company["admin"]), await build_team(make)

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "/users/{user}/link", None),
            ("PATCH", "/users/{user}", {"roles": ["executive"]}),
            ("PATCH", "/users/{user}", {"flag": "disabled"}),
            ("PATCH", "/users/{user}", {"department_id": None}),
            ("PATCH", "/users/{user}", {"email": "a@example.com"}),
            ("POST", "/users", {"user_name": "mallory", "name": "M", "roles": ["admin"]}),
            ("PATCH", "/departments/{department}", {"name": "x"}),
            ("DELETE", "/departments/{department}", None),
            ("PATCH", "/roles/{role}", {"data_scope": "all"}),
            ("PUT", "/roles/{role}/rights", {"rights": ["users:write"]}),
            ("POST", "/roles", {"code": "more", "name": "more", "rights": ["customers:read"]}),
            ("PUT", "/settings/lost.days", {"value": 3}),
            ("POST", "/settings/import", {"format": "kith-settings", "settings": {"lost.days": 3}}),
            ("POST", "/imports/users", {"rows": [{"external_id": "x", "user_name": "m", "name": "M", "roles": ["admin"]}]}),
            ("POST", "/imports/departments", {"rows": [{"external_id": "x", "name": "M"}]}),
            ("POST", "/demo/close", None),
        ],
    )  # fmt: skip
    async def test_demo_people_change_nothing(
        self, method: str, path: str, body: Any, guest: tuple[Client, Team], make: Make
    ) -> None:
        http, team = guest
        place = path.format(user=team.manager.id, department=team.west.id, role=2)
        match = {"If-Match": '"1"'}
        answer = await http.request(
            method, place, json=body, headers=match if method in {"PATCH", "PUT", "DELETE"} else {}
        )
        assert answer.status_code == 403, answer.text
        assert not (await make.session.scalars(select(User.id).where(User.user_name.in_(["mallory", "m"])))).all()
        await make.session.refresh(team.manager)
        assert (team.manager.flag, team.manager.department_id, team.manager.version) == ("active", team.east.id, 1)

    async def test_a_rights_list_of_before_touches_nobody_outside(
        self, company: dict[str, User], make: Make, as_: As
    ) -> None:
        """Rights may be seconds old: the person that is changed is looked at all the same."""
        guest = as_(company["admin"])
        assert (await guest.get("/users")).status_code == 200
        outside = await make.user("manager")
        answer = await guest.post(f"/users/{outside.id}/link")
        assert (answer.status_code, answer.json()["code"]) == (403, "outside_demo")

    async def test_whom_they_make_is_of_the_demo_company(self, company: dict[str, User], make: Make, as_: As) -> None:
        body = {"user_name": "newcomer", "name": "新人", "roles": ["manager"]}
        assert (await as_(company["admin"]).post("/users", json=body)).status_code == 201
        row = body | {"external_id": "n2", "user_name": "another"}
        answer = await as_(company["admin"]).post("/imports/users", json={"rows": [row]})
        assert answer.json()["results"][0]["outcome"] == "created"
        assert not (await make.session.scalars(select(User.id).where(User.is_demo.is_(False)))).all()


class TestClosing:
    async def test_ends_sessions_links_and_passwords_for_good(
        self, company: dict[str, User], client: Client, as_: As, make: Make
    ) -> None:
        manager, admin = company["manager"], company["admin"]
        body = {"user_id": manager.id}
        inside = (await client.post("/api/v1/auth/demo", json=body)).json()["access_token"]
        set_link = (await as_(admin).post(f"/users/{manager.id}/link")).json()["token"]
        await client.post("/api/v1/auth/link", json={"token": set_link, "new_password": PASSWORD})
        await make.session.refresh(manager)
        link = (await as_(admin).post(f"/users/{manager.id}/link")).json()["token"]
        first, _ = await links.make(make.ctx, None)
        await make.session.commit()

        assert (await as_(admin).post("/demo/close")).status_code == 204

        bearer = {"Authorization": f"Bearer {inside}"}
        assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401
        assert (await client.post("/api/v1/auth/refresh")).status_code == 401
        assert (
            await client.post("/api/v1/auth/link", json={"token": link, "new_password": PASSWORD})
        ).status_code == 422
        form = {"username": manager.user_name, "password": PASSWORD}
        assert (await client.post("/api/v1/auth/token", data=form)).status_code == 401
        setup = {"token": first, "user_name": "root", "name": "管理员", "password": PASSWORD}
        assert (await client.post("/api/v1/auth/setup", json=setup)).status_code == 422
        found = await state(client)
        assert (found["demo"], found["people"], found["needs_setup"]) == (False, [], True)
        assert await click(client, manager) == 403

    async def test_a_new_first_administrator_comes_by_the_terminal_s_link(
        self, company: dict[str, User], client: Client, as_: As, make: Make
    ) -> None:
        await as_(company["admin"]).post("/demo/close")
        first, _ = await links.make(make.ctx, None)
        await make.session.commit()
        body = {"token": first, "user_name": "root", "name": "管理员", "password": PASSWORD}
        assert (await client.post("/api/v1/auth/setup", json=body)).status_code == 200
        assert (await state(client))["needs_setup"] is False

    async def test_cannot_be_undone(self, make: Make, client: Client) -> None:
        await demo_door.close(make.ctx)
        await make.session.commit()
        company = await people(make)
        assert (await state(client))["demo"] is False
        assert await click(client, company["manager"]) == 403

    async def test_is_done_once_and_by_who_keeps_settings(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).post("/demo/close")).status_code == 403
        assert (await as_(team.admin).post("/demo/close")).status_code == 204
        again = await as_(team.admin).post("/demo/close")
        assert (again.status_code, again.json()["code"]) == (409, "closed")


class TestUpgrade:
    """The migration's own statements, on an installation of before."""

    async def upgrade(self, make: Make) -> None:
        path = ROOT / "migrations" / "versions" / "2026_11_30_the_demo_door.py"
        spec = importlib.util.spec_from_file_location("demo_door_migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for statement in module.CLOSE:
            await make.session.execute(text(statement))
        await make.session.commit()

    async def test_closes_beside_others(self, company: dict[str, User], make: Make, client: Client) -> None:
        body = {"user_id": company["manager"].id}
        inside = (await client.post("/api/v1/auth/demo", json=body)).json()["access_token"]
        await make.user("admin")
        await self.upgrade(make)
        assert await click(client, company["manager"]) == 403
        assert (await client.post("/api/v1/auth/refresh")).status_code == 401
        bearer = {"Authorization": f"Bearer {inside}"}
        assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401

    async def test_leaves_a_demo_alone(self, company: dict[str, User], make: Make, client: Client) -> None:
        await self.upgrade(make)
        assert await click(client, company["manager"]) == 200
