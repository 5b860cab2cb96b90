"""How sessions end: log-out, reuse, the day that renewing does not move; how long links live; passwords that are refused."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from app.core.db import Database
from app.core.passwords import hash_password
from app.models.access.auth import OneTimeLink, RefreshToken
from app.models.access.users import User
from app.services.access import links, sessions
from app.services.base import settings as installation
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
PASSWORD = "a long enough one"


@pytest.fixture
async def person(make: Make) -> User:
    return await make.user("manager", name="王小明", user_name="xiaoming", password=await hash_password(PASSWORD))


async def signed_in(client: Client, password: str = PASSWORD) -> Any:
    form = {"username": "xiaoming", "password": password, "client": "mobile"}
    return (await client.post("/api/v1/auth/token", data=form)).json()


async def refresh(client: Client, token: str) -> httpx.Response:
    return await client.post("/api/v1/auth/refresh", json={"refresh_token": token})


async def status(client: Client, session: Any) -> int:
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    return (await client.get("/api/v1/me", headers=bearer)).status_code


@pytest.mark.usefixtures("person")
class TestTheAccessToken:
    async def test_ends_with_the_log_out_and_others_go_on(self, client: Client) -> None:
        one, two = await signed_in(client), await signed_in(client)
        assert [await status(client, one), await status(client, two)] == [200, 200]
        await client.post("/api/v1/auth/logout", json={"refresh_token": one["refresh_token"]})
        assert [await status(client, one), await status(client, two)] == [401, 200]

    async def test_of_another_process_ends_when_its_cache_is_old(self, app: FastAPI, client: Client) -> None:
        one = await signed_in(client)
        assert await status(client, one) == 200
        kept = app.state.kith.standings
        app.state.kith.standings = type(kept)()  # as if the log-out had been answered by another process
        await client.post("/api/v1/auth/logout", json={"refresh_token": one["refresh_token"]})
        app.state.kith.standings = kept
        assert await status(client, one) == 200
        kept._kept = {key: (at - 4, value) for key, (at, value) in kept._kept.items()}  # noqa: SLF001  four seconds later
        assert await status(client, one) == 401

    async def test_ends_when_its_refresh_token_was_used_twice(
        self, app: FastAPI, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = await signed_in(client)
        second = (await refresh(client, first["refresh_token"])).json()
        monkeypatch.setattr(sessions, "TWO_TABS", -sessions.TWO_TABS)
        assert (await refresh(client, first["refresh_token"])).status_code == 401
        app.state.kith.standings.clear()
        assert [await status(client, first), await status(client, second)] == [401, 401]

    async def test_goes_on_with_a_renewed_session(self, app: FastAPI, client: Client) -> None:
        first = await signed_in(client)
        second = (await refresh(client, first["refresh_token"])).json()
        app.state.kith.standings.clear()
        assert [await status(client, first), await status(client, second)] == [200, 200]


@pytest.mark.usefixtures("person")
class TestTheEnd:
    async def ends(self, make: Make) -> list[datetime]:
        return list(await make.session.scalars(select(RefreshToken.ends_at).order_by(RefreshToken.id)))

    async def test_does_not_move_when_a_session_is_renewed(self, client: Client, make: Make) -> None:
        one = await signed_in(client)
        await refresh(client, one["refresh_token"])
        first, second = await self.ends(make)
        assert first == second
        assert timedelta(days=29) < first - make.now() <= timedelta(days=30)

    async def test_comes_though_somebody_works_on(self, app: FastAPI, client: Client, make: Make) -> None:
        one = await signed_in(client)
        soon = make.now() + timedelta(seconds=60)
        await make.session.execute(update(RefreshToken).values(ends_at=soon))
        await make.session.commit()
        two = (await refresh(client, one["refresh_token"])).json()
        last = (await make.session.scalars(select(RefreshToken).order_by(RefreshToken.id.desc()))).first()
        assert (last.ends_at, last.expires_at <= soon) == (soon, True)
        gone = make.now() - timedelta(hours=1)
        await make.session.execute(update(RefreshToken).values(expires_at=gone))
        await make.session.commit()
        app.state.kith.standings.clear()
        assert (await refresh(client, two["refresh_token"])).status_code == 401
        assert await status(client, two) == 401

    async def test_of_a_session_from_before_is_counted_from_now(self, client: Client, make: Make) -> None:
        one = await signed_in(client)
        await make.session.execute(update(RefreshToken).values(ends_at=None))
        await make.session.commit()
        assert (await refresh(client, one["refresh_token"])).status_code == 200
        assert (await self.ends(make))[1] > make.now() + timedelta(days=29)


class TestSideBySide:
    """Real commits: what is ended while it is renewed is ended."""

    @pytest.fixture
    async def house(self, committed: Database) -> FastAPI:
        async with committed.write() as session:
            await Make(session).user("manager", user_name="xiaoming", password=await hash_password(PASSWORD))
        return application(committed)

    async def test_a_log_out_ends_the_successor_of_a_renewal(self, house: FastAPI) -> None:
        transport = httpx.ASGITransport(house)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            for _ in range(8):
                token = (await signed_in(client))["refresh_token"]
                out = client.post("/api/v1/auth/logout", json={"refresh_token": token})
                renewed, _ = await asyncio.gather(refresh(client, token), out)
                if renewed.status_code == 200:
                    again = await refresh(client, renewed.json()["refresh_token"])
                    assert again.status_code == 401


class TestLinks:
    async def ends(self, make: Make, user: User) -> timedelta:
        await links.make(make.ctx, user.id)
        return (
            await make.session.scalar(select(OneTimeLink.expires_at).where(OneTimeLink.user_id == user.id))
            - make.ctx.now
        )

    async def test_an_invitation_lives_three_days_and_a_reset_one_hour(self, make: Make, person: User) -> None:
        assert await self.ends(make, await make.user("manager")) == timedelta(hours=72)
        assert await self.ends(make, person) == timedelta(hours=1)

    async def test_both_are_settings(self, make: Make, person: User) -> None:
        await installation.put(make.session, "session.invite_hours", 5)
        await installation.put(make.session, "session.reset_hours", 2)
        assert await self.ends(make, await make.user("manager")) == timedelta(hours=5)
        assert await self.ends(make, person) == timedelta(hours=2)

    async def test_a_file_of_before_names_the_days_of_an_invitation(self, team: Team, as_: As) -> None:
        body = {"format": "kith-settings", "settings": {"session.invite_days": 2}}
        answer = await as_(team.admin).post("/settings/import", json=body)
        assert [(row["name"], row["after"]) for row in answer.json()["changes"]] == [("session.invite_hours", 48)]


class TestPasswords:
    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("password123", "common"),
            ("xiaoming2026", "own_name"),
            ("王小明王小明王小明!1", "own_name"),
            ("short", "weak"),
        ],
    )
    async def test_guessable_ones_are_refused_wherever_one_is_set(
        self, password: str, code: str, make: Make, person: User, as_: As, client: Client
    ) -> None:
        token, _ = await links.make(make.ctx, person.id)
        first, _ = await links.make(make.ctx, None)
        await make.session.commit()
        setup = {"token": first, "user_name": "xiaoming", "name": "王小明", "password": password}
        answers = [
            await as_(person).post("/auth/password", json={"current_password": PASSWORD, "new_password": password}),
            await client.post("/api/v1/auth/link", json={"token": token, "new_password": password}),
            await client.post("/api/v1/auth/setup", json=setup),
        ]
        assert [(one.status_code, one.json()["errors"][0]["code"]) for one in answers] == [(422, code)] * 3

    async def test_the_words_are_chinese_for_who_speaks_it(self, person: User, as_: As) -> None:
        body = {"current_password": PASSWORD, "new_password": "password123"}
        answer = await as_(person).post("/auth/password", json=body, headers={"Accept-Language": "zh-CN"})
        assert "密码" in answer.json()["errors"][0]["message"]
