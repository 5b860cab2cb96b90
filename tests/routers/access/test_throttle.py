"""How often a password may be tried: by name and network, apart for known devices; those of a change count too."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from app.core import devices
from app.core.db import Database
from app.core.devices import Device
from app.core.networks import network
from app.core.passwords import hash_password
from app.models.access.auth import LoginCounter
from app.models.access.users import User
from app.services.access import throttle
from tests.conftest import Client
from tests.factories.application import KEY, application
from tests.factories.make import Make
from tests.factories.patient import Patient

As = Callable[..., Client]
PASSWORD = "a long enough one"
LIMIT = throttle.TRIES_BY_NAME


@pytest.fixture
async def person(make: Make) -> User:
    return await make.user("manager", name="小明", user_name="xiaoming", password=await hash_password(PASSWORD))


def at(app: FastAPI, peer: str) -> Client:
    return Patient(transport=httpx.ASGITransport(app, client=(peer, 1)), base_url="http://test")


async def log_in(http: Client, password: str = PASSWORD, name: str = "xiaoming", **more: str) -> int:
    form = {"username": name, "password": password, **more}
    return (await http.post("/api/v1/auth/token", data=form)).status_code


async def fail(http: Client, times: int = LIMIT, name: str = "xiaoming", **more: str) -> None:
    for _ in range(times):
        assert await log_in(http, "wrong", name, **more) == 401


@pytest.mark.usefixtures("person")
class TestNobodyLocksAnotherOut:
    async def test_who_is_in_another_network_comes_in(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as attacker, at(app, "198.51.100.1") as person:
            await fail(attacker)
            assert await log_in(attacker) == 429
            assert await log_in(person) == 200

    async def test_a_network_s_neighbours_share_a_counter(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as one, at(app, "192.0.2.200") as two, at(app, "::ffff:192.0.2.9") as three:
            await fail(one, LIMIT - 1)
            await fail(two, 1)
            assert await log_in(three) == 429

    async def test_a_known_device_comes_in_from_the_same_network(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as attacker, at(app, "192.0.2.2") as person:
            assert await log_in(person) == 200
            await fail(attacker)
            assert await log_in(attacker) == 429
            assert await log_in(person) == 200

    async def test_a_known_device_has_a_limit_of_its_own(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as device, at(app, "198.51.100.1") as elsewhere:
            assert await log_in(device) == 200
            await fail(device)
            assert await log_in(device) == 429
            assert await log_in(elsewhere) == 200

    async def test_an_app_s_device_is_known_by_its_token(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as attacker, at(app, "192.0.2.2") as phone:
            form = {"username": "xiaoming", "password": PASSWORD, "client": "mobile"}
            token = (await phone.post("/api/v1/auth/token", data=form)).json()["device_token"]
            await fail(attacker)
            assert await log_in(phone, client="mobile") == 429
            assert await log_in(phone, client="mobile", device_token=token) == 200

    async def test_a_made_up_device_is_none(self, app: FastAPI) -> None:
        made_up = str(Device().after("another key", "xiaoming"))
        async with at(app, "192.0.2.1") as attacker:
            for _ in range(LIMIT):
                assert await log_in(attacker, "wrong", client="mobile", device_token=made_up) == 401
            assert await log_in(attacker, client="mobile", device_token=str(Device())) == 429


@pytest.mark.usefixtures("person")
class TestCounting:
    async def test_what_was_right_is_given_back(self, app: FastAPI) -> None:
        async with at(app, "192.0.2.1") as first:
            for _ in range(LIMIT + 2):
                first.cookies.clear()
                assert await log_in(first) == 200

    async def test_many_names_from_one_network(self, app: FastAPI, make: Make) -> None:
        async with at(app, "192.0.2.1") as attacker:
            for n in range(throttle.TRIES_BY_NETWORK):
                await fail(attacker, 1, f"name{n}")
            assert await log_in(attacker, "wrong", "another") == 429
        rows = await make.session.scalar(select(func.count()).select_from(LoginCounter))
        assert rows == throttle.TRIES_BY_NETWORK + 1  # beyond the limit made-up names take no room

    async def test_a_window_ends(self, app: FastAPI, make: Make) -> None:
        async with at(app, "192.0.2.1") as person:
            await fail(person)
            assert await log_in(person) == 429
            await make.session.execute(update(LoginCounter).values(since=make.now() - timedelta(minutes=16)))
            await make.session.commit()
            assert await log_in(person) == 200

    async def test_a_change_of_password_counts_with_the_log_in(self, as_: As, person: User, client: Client) -> None:
        http = as_(person)
        wrong = {"current_password": "wrong", "new_password": "another long one"}
        for _ in range(LIMIT):
            assert (await http.post("/auth/password", json=wrong)).status_code == 422
        right = wrong | {"current_password": PASSWORD}
        answer = await http.post("/auth/password", json=right)
        assert (answer.status_code, 0 < int(answer.headers["retry-after"]) <= 900) == (429, True)
        assert await log_in(client) == 429

    async def test_a_new_password_that_is_refused_is_no_try(self, as_: As, person: User) -> None:
        http = as_(person)
        for _ in range(LIMIT + 2):
            body = {"current_password": PASSWORD, "new_password": "short"}
            assert (await http.post("/auth/password", json=body)).status_code == 422
        body["new_password"] = "another long one"
        assert (await http.post("/auth/password", json=body)).status_code == 200


class TestSideBySide:
    """Real commits on connections of their own."""

    @pytest.fixture
    async def house(self, committed: Database) -> tuple[FastAPI, User]:
        async with committed.write() as session:
            user = await Make(session).user("manager", user_name="xiaoming", password=await hash_password(PASSWORD))
        return application(committed), user

    async def test_no_more_log_ins_are_tried_than_the_limit(self, house: tuple[FastAPI, User]) -> None:
        async with at(house[0], "192.0.2.1") as attacker:
            found = await asyncio.gather(*(log_in(attacker, "wrong") for _ in range(LIMIT + 8)))
        assert (found.count(401), found.count(429)) == (LIMIT, 8)

    async def test_nor_changes_of_password(self, house: tuple[FastAPI, User]) -> None:
        app, user = house
        token = app.state.kith.tokens.issue(user.id, list(user.roles), 1, Make.now())
        body = {"current_password": "wrong", "new_password": "another long one"}
        async with at(app, "192.0.2.1") as thief:
            thief.headers["Authorization"] = f"Bearer {token}"
            sent = (thief.post("/api/v1/auth/password", json=body) for _ in range(LIMIT + 4))
            found = [answer.status_code for answer in await asyncio.gather(*sent)]
        assert (found.count(422), found.count(429)) == (LIMIT, 4)


class TestDevices:
    def test_a_device_is_known_by_the_names_that_succeeded(self) -> None:
        device = devices.read(str(Device().after(KEY, "one").after(KEY, "two")))
        assert device.knows(KEY, "one")
        assert device.knows(KEY, "two")
        assert not device.knows(KEY, "three")
        assert not device.knows(KEY + "x", "one")

    def test_it_remembers_the_last_five(self) -> None:
        device = Device()
        for name in "abcdef":
            device = device.after(KEY, name)
        assert [device.knows(KEY, name) for name in "abf"] == [False, True, True]
        assert len(str(device)) <= 200

    @pytest.mark.parametrize("text", [None, "", "x", "a" * 31, "a" * 32 + ".b", "A" * 32])
    def test_anything_else_is_a_new_device(self, text: str | None) -> None:
        assert devices.read(text).marks == ()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.77", "192.0.2.0/24"), ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"), ("unix", "unix"), ("", ""),
    ],
)  # fmt: skip
def test_networks(address: str, expected: str) -> None:
    assert network(address) == expected
