"""A one-time link says what it is before anybody types: good, expired, used or unknown; asking spends nothing."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app.models.access.auth import OneTimeLink
from app.models.access.users import User
from app.services.access import links
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

PASSWORD = "a long enough one"


async def told(client: Client, token: str, *, first: bool = False) -> dict[str, Any]:
    answer = await client.post("/api/v1/auth/link/state", json={"token": token, "first": first})
    assert answer.status_code == 200
    return dict(answer.json())


async def state(client: Client, token: str, *, first: bool = False) -> str:
    return str((await told(client, token, first=first))["state"])


async def made(make: Make, user_id: int | None) -> str:
    token, _ = await links.make(make.ctx, user_id)
    await make.session.commit()
    return token


async def expire(make: Make) -> None:
    await make.session.execute(update(OneTimeLink).values(expires_at=make.ctx.now - timedelta(seconds=1)))
    await make.session.commit()


async def test_a_good_one_is_good_until_it_is_used(team: Team, make: Make, client: Client) -> None:
    token = await made(make, team.manager.id)
    assert [await state(client, token) for _ in range(2)] == ["good", "good"]
    body = {"token": token, "new_password": PASSWORD}
    assert (await client.post("/api/v1/auth/link", json=body)).status_code == 200
    assert await state(client, token) == "used"


async def test_invitation_reset_and_first_link_expire(client: Client, make: Make) -> None:
    person = (await make.user("manager")).id
    first = await made(make, None)
    invited = await made(make, person)
    await expire(make)
    assert [await state(client, first, first=True), await state(client, invited)] == ["expired", "expired"]


async def test_a_newer_link_has_used_up_the_one_before(team: Team, make: Make, client: Client) -> None:
    before, after = await made(make, team.manager.id), await made(make, team.manager.id)
    assert [await state(client, before), await state(client, after)] == ["used", "good"]


async def test_each_door_knows_its_own_links(team: Team, make: Make, client: Client) -> None:
    token = await made(make, team.manager.id)
    assert await state(client, token, first=True) == "unknown"
    assert await state(client, "made-up-made-up") == "unknown"


async def test_what_lets_nobody_in_is_not_good(team: Team, make: Make, client: Client) -> None:
    first, token = await made(make, None), await made(make, team.manager.id)
    await make.session.execute(update(User).where(User.id == team.manager.id).values(flag="disabled"))
    await make.session.commit()
    assert [await state(client, first, first=True), await state(client, token)] == ["used", "used"]


async def test_a_piece_of_a_link_is_unknown(client: Client) -> None:
    assert await state(client, "made-up") == "unknown"


async def test_its_person_is_told_in_their_language(team: Team, make: Make, client: Client) -> None:
    token, first = await made(make, team.manager.id), await made(make, None)
    await make.session.execute(update(User).where(User.id == team.manager.id).values(language="en-US"))
    await expire(make)
    assert await told(client, token) == {"state": "expired", "language": "en-US"}
    assert [(await told(client, one, first=one == first))["language"] for one in (first, "made-up")] == [None, None]
