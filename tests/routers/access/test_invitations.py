"""Many people in one call: all or nobody, faults at their cells, a repeated call makes nobody twice."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
WANG = {"user_name": "wang.fang", "name": "王芳", "roles": ["manager"]}
LI = {"user_name": "li@example.com", "name": "李强", "email": "li@example.com", "roles": ["supervisor"]}


async def count(client: Client) -> int:
    return int((await client.get("/users?limit=1")).json()["total"])


def pointers(answer: Any) -> list[tuple[str, str]]:
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


class TestInvitations:
    async def test_each_gets_a_link_that_lets_them_in(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        answer = await admin.post("/users/invite", json={"people": [WANG | {"department_id": team.east.id}, LI]})
        assert answer.status_code == 200, answer.text
        people = answer.json()["people"]
        assert [(one["name"], one["outcome"]) for one in people] == [("王芳", "created"), ("李强", "created")]
        for one in people:
            state = await admin.post("/auth/link/state", json={"token": one["link"]["token"]})
            assert state.json()["state"] == "good"
        made = (await admin.get(f"/users/{people[0]['id']}")).json()
        assert (made["department"]["name"], made["roles"], made["has_password"]) == ("华东部", ["manager"], False)

    async def test_one_fault_makes_nobody_and_each_stands_at_its_cell(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        before = await count(admin)
        rows = [
            WANG, WANG | {"user_name": "PERSON1"}, LI | {"roles": ["emperor"], "department_id": 1},
            LI | {"user_name": "wan", "department_id": 999_999}, LI | {"user_name": "Wang.Fang"},
        ]  # fmt: skip
        answer = await admin.post("/users/invite", json={"people": rows})
        assert answer.status_code == 422
        assert pointers(answer) == [
            ("/people/0/user_name", "repeated"), ("/people/1/user_name", "taken"), ("/people/2/department_id", "not_found"),
            ("/people/3/department_id", "not_found"), ("/people/4/user_name", "repeated"),
        ]  # fmt: skip
        assert await count(admin) == before

    async def test_what_a_schema_refuses_stands_at_its_cell_too(self, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/users/invite", json={"people": [WANG, LI | {"email": "no"}]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/people/1/email")

    async def test_a_repeated_call_makes_nobody_twice(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        body = {"people": [WANG | {"department_id": team.east.id}, LI]}
        first = (await admin.post("/users/invite", json=body)).json()["people"]
        before = await count(admin)
        again = (await admin.post("/users/invite", json=body)).json()["people"]
        assert [one["id"] for one in again] == [one["id"] for one in first]
        assert {one["outcome"] for one in again} == {"unchanged"}
        assert await count(admin) == before
        old = await admin.post("/auth/link/state", json={"token": first[0]["link"]["token"]})
        assert old.json()["state"] == "used"

    @pytest.mark.parametrize("change", [{"name": "王方"}, {"roles": ["supervisor"]}])
    async def test_who_is_there_otherwise_is_taken(self, change: dict[str, Any], team: Team, as_: As) -> None:
        admin = as_(team.admin)
        await admin.post("/users/invite", json={"people": [WANG]})
        answer = await admin.post("/users/invite", json={"people": [WANG | change]})
        assert pointers(answer) == [("/people/0/user_name", "taken")]

    async def test_a_dry_run_tells_the_faults_and_makes_nobody(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        before = await count(admin)
        answer = await admin.post("/users/invite", json={"people": [WANG], "dry_run": True})
        assert answer.json() == {
            "dry_run": True,
            "people": [{"id": None, "user_name": "wang.fang", "name": "王芳", "outcome": "created", "link": None}],
        }
        refused = await admin.post("/users/invite", json={"people": [WANG | {"roles": ["x"]}], "dry_run": True})
        assert refused.status_code == 422
        assert await count(admin) == before

    async def test_nobody_invites_farther_than_they_reach(self, team: Team, as_: As, make: Make) -> None:
        keeper = await with_rights(make, team, department=("users:write", "users:read", "customers:read"))
        rows = [
            WANG | {"department_id": team.east.id, "roles": ["of_department"]},
            LI | {"department_id": team.west.id, "roles": ["of_department"]},
            LI | {"user_name": "zhao", "department_id": team.east.id, "roles": ["executive"]},
        ]
        answer = await as_(keeper).post("/users/invite", json={"people": rows})
        assert answer.status_code == 403
        assert [pointer for pointer, _ in pointers(answer)] == ["/people/1/department_id", "/people/2/roles"]
        assert (await as_(team.admin).get("/users?q=wang.fang")).json()["total"] == 0

    async def test_only_who_keeps_people_may(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).post("/users/invite", json={"people": [WANG]})).status_code == 403
