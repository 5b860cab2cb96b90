"""Coming in: log-in, rotation with reuse detection, links, the throttle, roles that change."""

from collections.abc import Callable

import pytest
from httpx import Response

from app.core.passwords import hash_password
from app.models.access.users import User
from app.services.access import links, sessions, throttle
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PASSWORD = "a long enough one"


@pytest.fixture
async def person(make: Make) -> User:
    return await make.user("manager", name="小明", user_name="xiaoming", password=await hash_password(PASSWORD))


async def log_in(http: Client, password: str = PASSWORD, name: str = "xiaoming", **form: str) -> Response:
    return await http.post("/api/v1/auth/token", data={"username": name, "password": password, **form})


@pytest.mark.usefixtures("person")
class TestLogIn:
    async def test_a_browser_gets_a_cookie_that_scripts_cannot_read(self, client: Client) -> None:
        answer = await log_in(client, name="XiaoMing")
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None
        cookie = answer.headers["set-cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/api/v1/auth"))
        me = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {answer.json()['access_token']}"})
        assert (me.json()["name"], me.json()["roles"][0]["code"]) == ("小明", "manager")
        assert {"right": "chances:create", "scope": "own"} in me.json()["rights"]

    async def test_a_mobile_app_gets_the_token_in_the_body(self, client: Client) -> None:
        answer = await log_in(client, client="mobile")
        assert len(answer.json()["refresh_token"]) > 20
        assert "set-cookie" not in answer.headers

    @pytest.mark.parametrize(("name", "password"), [("xiaoming", "wrong"), ("nobody", PASSWORD)])
    async def test_a_wrong_name_and_a_wrong_password_look_alike(self, client: Client, name: str, password: str) -> None:
        answer = await log_in(client, password, name)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/login-failed")

    async def test_failures_are_throttled_even_with_the_right_password(self, client: Client) -> None:
        for _ in range(throttle.TRIES_BY_NAME):
            assert (await log_in(client, "wrong")).status_code == 401
        answer = await log_in(client)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 15 * 60

    async def test_a_disabled_person_stays_out(self, client: Client, make: Make, person: User) -> None:
        person.flag = "disabled"
        await make.session.commit()
        assert (await log_in(client)).status_code == 401

    async def test_another_site_s_page_is_refused(self, client: Client) -> None:
        headers = {"Origin": "https://evil.example"}
        answer = await client.post(
            "/api/v1/auth/token", data={"username": "xiaoming", "password": PASSWORD}, headers=headers
        )
        assert answer.status_code == 403


class TestLog:
    async def test_coming_and_going_names_the_person(self, person: User, client: Client, team: Team, as_: As) -> None:
        token = (await log_in(client, client="mobile")).json()["refresh_token"]
        await client.post("/api/v1/auth/logout", json={"refresh_token": token})
        rows = (await as_(team.admin).get("/audit", params={"entity": "auth"})).json()["items"]
        told = [(row["action"], row["actor"] and row["actor"]["id"], row["entity_id"]) for row in rows]
        assert told == [("logout", person.id, person.id), ("login", person.id, person.id)]


@pytest.mark.usefixtures("person")
class TestRefresh:
    async def refresh(self, client: Client, token: str) -> Response:
        return await client.post("/api/v1/auth/refresh", json={"refresh_token": token})

    async def test_tokens_rotate_and_two_tabs_get_the_same_successor(self, client: Client) -> None:
        first = (await log_in(client, client="mobile")).json()["refresh_token"]
        one, two = await self.refresh(client, first), await self.refresh(client, first)
        assert one.json()["refresh_token"] == two.json()["refresh_token"] != first

    async def test_a_used_token_ends_the_family(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        first = (await log_in(client, client="mobile")).json()["refresh_token"]
        second = (await self.refresh(client, first)).json()["refresh_token"]
        monkeypatch.setattr(sessions, "TWO_TABS", -sessions.TWO_TABS)
        reused = await self.refresh(client, first)
        assert (reused.status_code, reused.json()["type"]) == (401, "/problems/token-reused")
        assert (await self.refresh(client, second)).status_code == 401

    async def test_log_out_ends_the_session(self, client: Client) -> None:
        token = (await log_in(client, client="mobile")).json()["refresh_token"]
        await client.post("/api/v1/auth/logout", json={"refresh_token": token})
        assert (await self.refresh(client, token)).status_code == 401

    async def test_a_cookie_is_enough_for_a_browser(self, client: Client) -> None:
        await log_in(client)
        answer = await client.post("/api/v1/auth/refresh")
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None

    async def test_nothing_is_401(self, client: Client) -> None:
        assert (await client.post("/api/v1/auth/refresh")).status_code == 401


class TestPassword:
    async def test_a_change_ends_other_sessions(self, client: Client, person: User, as_: As) -> None:
        other = (await log_in(client, client="mobile")).json()
        body = {"current_password": PASSWORD, "new_password": "another long one"}
        changed = await as_(person).post("/auth/password", json=body)
        assert changed.status_code == 200
        old = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {other['access_token']}"})
        assert old.status_code == 401
        again = await client.post("/api/v1/auth/refresh", json={"refresh_token": other["refresh_token"]})
        assert again.status_code == 401
        assert (await log_in(client, "another long one")).status_code == 200

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"current_password": "wrong", "new_password": "another long one"}, "/current_password"),
            ({"current_password": PASSWORD, "new_password": "short"}, "/new_password"),
            ({"current_password": PASSWORD, "new_password": "aaaaaaaaaaaa"}, "/new_password"),
        ],
    )
    async def test_refusals(self, body: dict[str, str], pointer: str, person: User, as_: As) -> None:
        answer = await as_(person).post("/auth/password", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


class TestLinks:
    async def test_an_administrator_s_link_lets_a_person_in_once(self, team: Team, client: Client, as_: As) -> None:
        link = (await as_(team.admin).post(f"/users/{team.manager.id}/link", headers={"Idempotency-Key": "k"})).json()
        body = {"token": link["token"], "new_password": PASSWORD}
        assert (await client.post("/api/v1/auth/link", json=body)).status_code == 200
        again = await client.post("/api/v1/auth/link", json=body)
        assert (again.status_code, again.json()["errors"][0]["code"]) == (422, "link_invalid")
        assert (await log_in(client, name=team.manager.user_name)).status_code == 200

    async def test_a_link_is_never_kept_for_replay(self, team: Team, as_: As) -> None:
        admin, key = as_(team.admin), {"Idempotency-Key": "k"}
        one = await admin.post(f"/users/{team.manager.id}/link", headers=key)
        two = await admin.post(f"/users/{team.manager.id}/link", headers=key)
        assert one.json()["token"] != two.json()["token"]

    async def test_the_first_administrator_comes_by_the_first_link(self, client: Client, make: Make) -> None:
        assert (await client.get("/api/v1/auth/state")).json()["needs_setup"] is True
        token, _ = await links.make(make.ctx, None)
        await make.session.commit()
        body = {"token": token, "user_name": "root", "name": "管理员", "password": PASSWORD}
        assert (await client.post("/api/v1/auth/setup", json=body)).status_code == 200
        assert (await client.get("/api/v1/auth/state")).json()["needs_setup"] is False
        assert (await client.post("/api/v1/auth/setup", json=body)).status_code == 403


class TestRoles:
    async def test_changed_roles_and_disabled_people_are_in_force_at_once(self, team: Team, as_: As) -> None:
        manager, admin = as_(team.manager), as_(team.admin)
        assert (await manager.get("/me")).status_code == 200
        changed = await admin.patch(f"/users/{team.manager.id}", json={"flag": "disabled"}, headers={"If-Match": '"1"'})
        assert changed.status_code == 200
        assert (await manager.get("/me")).status_code == 401

    async def test_a_token_with_other_roles_than_the_person_has_is_401(self, team: Team, as_: As) -> None:
        team.manager.roles = ("admin",)
        assert (await as_(team.manager).get("/users")).status_code == 401

    async def test_a_garbled_token_is_401(self, client: Client) -> None:
        answer = await client.get("/api/v1/me", headers={"Authorization": "Bearer x.y.z"})
        assert answer.status_code == 401
