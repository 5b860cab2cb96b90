"""Answers that a program holds already, lists with their lines, and pages of other sites."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import pytest_asyncio
from pydantic import ValidationError

from app.core.db import Database
from app.core.settings import Settings
from tests.conftest import Client
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
SITE = "https://app.example.com"


class TestHeldAnswers:
    async def test_the_same_list_comes_without_its_body(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager, "蓝海科技")
        manager = as_(team.manager)
        first = await manager.get("/customers")
        held = {"If-None-Match": first.headers["etag"]}
        again = await manager.get("/customers", headers=held)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        await make.customer(team.manager, "绿洲科技")
        changed = await manager.get("/customers", headers=held)
        assert (changed.status_code, len(changed.json()["items"])) == (200, 2)

    async def test_who_sees_otherwise_holds_another_answer(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager)
        held = {"If-None-Match": (await as_(team.manager).get("/customers")).headers["etag"]}
        assert (await as_(team.stranger).get("/customers", headers=held)).json()["items"] == []

    async def test_a_tag_is_found_among_several_in_both_forms(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager)
        manager = as_(team.manager)
        tag = (await manager.get("/customers")).headers["etag"].removeprefix("W/")
        for held in (f'"x", W/{tag}', f'"x",{tag}', "*"):
            assert (await manager.get("/customers", headers={"If-None-Match": held})).status_code == 304

    async def test_a_record_keeps_its_version(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        answer = await as_(team.manager).get(f"/customers/{customer.id}", headers={"If-None-Match": '"1"'})
        assert (answer.status_code, answer.headers["etag"].removeprefix("W/")) == (200, '"1"')


class TestLines:
    async def test_orders_come_with_their_lines_when_asked(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        part, service = await make.product(price=100), await make.product(price=100)
        one = await make.order(customer, (part, 2), (service, 1))
        two = await make.order(customer, (service, 3))
        manager = as_(team.manager)
        plain = (await manager.get("/orders")).json()["items"]
        assert [row["lines"] for row in plain] == [None, None]
        rows = (await manager.get("/orders", params={"include": "lines"})).json()["items"]
        for row in rows:
            whole = (await manager.get(f"/orders/{row['id']}")).json()["lines"]
            assert row["lines"] == [{name: line[name] for name in row["lines"][0]} for line in whole]
        assert {row["id"]: len(row["lines"]) for row in rows} == {one.id: 2, two.id: 1}
        assert (await manager.get("/orders", params={"include": "payments"})).status_code == 422

    async def test_the_next_page_brings_its_lines(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        product = await make.product(price=100)
        made = {(await make.order(customer, (product, 1))).id for _ in "abc"}
        manager, seen, cursor = as_(team.manager), set[int](), dict[str, str]()
        for _ in "abc":
            page = (await manager.get("/orders", params={"include": "lines", "limit": 1, **cursor})).json()
            assert page["items"][0]["lines"]
            seen.add(page["items"][0]["id"])
            cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        assert seen == made


class TestPayments:
    async def test_a_payment_for_an_order_that_changed_meanwhile_is_refused(
        self, team: Team, as_: As, make: Make
    ) -> None:
        order = await make.order(
            await make.customer(team.manager), status="confirmed", owner_id=team.manager.id, total=100
        )
        manager, url = as_(team.manager), f"/orders/{order.id}/payments"
        body = {"amount": "1.00", "method": "transfer"}
        stale = await manager.post(url, json=body, headers={"If-Match": '"99"'})
        assert stale.status_code == 412
        assert (await manager.get(f"/orders/{order.id}")).json()["payments"] == []
        version = (await manager.get(f"/orders/{order.id}")).headers["etag"]
        assert (await manager.post(url, json=body, headers={"If-Match": version})).status_code == 201


@pytest_asyncio.fixture
async def site(committed: Database) -> AsyncIterator[Client]:
    app = application(committed, cors_origins=(SITE,))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


class TestOtherSites:
    async def test_a_page_that_was_let_in_may_call(self, site: Client) -> None:
        asked = {"Origin": SITE, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match"}
        allowed = await site.options("/api/v1/customers/1", headers=asked)
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE)
        assert "access-control-allow-credentials" not in allowed.headers
        state = await site.get("/api/v1/auth/state", headers={"Origin": SITE})
        assert "ETag" in state.headers["access-control-expose-headers"]
        form = {"username": "nobody", "password": "wrong one", "client": "mobile"}
        tried = await site.post("/api/v1/auth/token", data=form, headers={"Origin": SITE})
        assert (tried.status_code, tried.headers["access-control-allow-origin"]) == (401, SITE)

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SITE}.evil.example"])
    async def test_every_other_is_told_nothing(self, site: Client, origin: str) -> None:
        state = await site.get("/api/v1/auth/state", headers={"Origin": origin})
        assert "access-control-allow-origin" not in state.headers
        form = {"username": "nobody", "password": "wrong one", "client": "mobile"}
        assert (await site.post("/api/v1/auth/token", data=form, headers={"Origin": origin})).status_code == 403

    async def test_without_the_setting_nobody_is_let_in(self, client: Client) -> None:
        state = await client.get("/api/v1/auth/state", headers={"Origin": SITE})
        assert "access-control-allow-origin" not in state.headers

    def test_sites_are_named_one_after_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CORS_ORIGINS", "https://a.example, http://localhost:3000")
        assert Settings().cors_origins == ("https://a.example", "http://localhost:3000")
        monkeypatch.setenv("CORS_ORIGINS", "*")
        with pytest.raises(ValidationError):
            Settings()
