"""Sessions that are limited to some of their person's rights, as OAuth2 calls them: scopes."""

from typing import Any

import pytest

from app.core.passwords import hash_password
from app.models.access.users import User
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

PASSWORD = "a long enough one"


@pytest.fixture
async def seller(make: Make, team: Team) -> User:
    return await make.user(
        "manager", department=team.east, user_name="xiaoming", password=await hash_password(PASSWORD)
    )


async def entered(client: Client, scope: str, name: str = "xiaoming") -> Any:
    form = {"username": name, "password": PASSWORD, "client": "mobile", "scope": scope}
    return await client.post("/api/v1/auth/token", data=form)


def carried(answer: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.mark.usefixtures("seller")
class TestScopes:
    async def test_a_token_reads_what_it_asked_for_alone(self, client: Client) -> None:
        answer = await entered(client, "orders:read")
        assert answer.json()["scope"] == "orders:read"
        headers = carried(answer)
        assert (await client.get("/api/v1/orders", headers=headers)).status_code == 200
        for path in ("customers", "chances", "me", "notices", "recycle-bin"):
            assert (await client.get(f"/api/v1/{path}", headers=headers)).status_code == 403
        refused = await client.post("/api/v1/orders", json={"customer_id": 1}, headers=headers)
        assert (refused.status_code, refused.json()["right"]) == (403, "orders:write")

    async def test_no_way_leads_from_it_to_a_whole_one(self, client: Client) -> None:
        answer = await entered(client, "orders:read")
        body = {"current_password": PASSWORD, "new_password": "another long one 7"}
        assert (await client.post("/api/v1/auth/password", json=body, headers=carried(answer))).status_code == 403

    async def test_no_file_is_written_for_it_by_all_that_its_person_may(
        self, client: Client, make: Make, team: Team
    ) -> None:
        secret = await hash_password(PASSWORD)
        await make.user("supervisor", department=team.east, user_name="boss", password=secret)
        asked = {"code": "contribution", "format": "csv", "query": {}}
        answers = []
        for scope in ("", "reports:export reports:read"):
            headers = carried(await entered(client, scope, "boss"))
            answers.append((await client.post("/api/v1/reports/exports", json=asked, headers=headers)).status_code)
        assert answers == [202, 403]

    async def test_it_stays_limited_when_it_is_renewed(self, client: Client) -> None:
        token = (await entered(client, "orders:read")).json()["refresh_token"]
        for turn in range(4):
            renewed = await client.post("/api/v1/auth/refresh", json={"refresh_token": token})
            if turn % 2:  # each token is asked with twice, as by a second tab; then its successor
                token = renewed.json()["refresh_token"]
            assert renewed.json()["scope"] == "orders:read"
            assert (await client.get("/api/v1/customers", headers=carried(renewed))).status_code == 403
            assert (await client.get("/api/v1/orders", headers=carried(renewed))).status_code == 200

    async def test_a_scope_gives_no_right_that_its_person_lacks(self, client: Client) -> None:
        answer = await entered(client, "users:write orders:read")
        assert answer.json()["scope"] == "orders:read"  # what is given is told, not what was asked for
        headers = carried(answer)
        assert (await client.get("/api/v1/users", headers=headers)).status_code == 403

    async def test_facts_that_need_a_right_are_left_out(self, client: Client, make: Make, seller: User) -> None:
        customer = await make.customer(seller)
        url = f"/api/v1/customers/{customer.id}"
        whole = (await client.get(url, headers=carried(await entered(client, "")))).json()
        limited = (await client.get(url, headers=carried(await entered(client, "customers:read")))).json()
        assert "update" in whole["allowed_actions"]
        assert limited["allowed_actions"] == []

    async def test_a_scope_that_does_not_exist_is_named(self, client: Client) -> None:
        refused = await entered(client, "orders:read orders:devour")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/scope")
        assert refused.json()["errors"][0]["message"] == "There is no such scope: orders:devour."

    async def test_without_one_everything_is_carried(self, client: Client) -> None:
        answer = await entered(client, "")
        assert answer.json()["scope"] is None
        assert (await client.get("/api/v1/me", headers=carried(answer))).status_code == 200
