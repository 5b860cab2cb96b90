"""Nobody grants rights that they lack, nor farther than they reach themselves (domain section 2)."""

from collections.abc import Callable

import pytest

from app.models.access.rbac import Role, RoleRight
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}
RIGHTS = ("customers:read", "users:read", "users:write", "imports:write")


async def role(make: Make, code: str, scope: str, *rights: str) -> None:
    made = await make.add(Role(code=code, name=code, flag="active", data_scope=scope))
    for right in rights:
        await make.add(RoleRight(role_id=made.id, right_code=right))


@pytest.fixture
async def lead(make: Make, team: Team, as_: As) -> Client:
    """Return who keeps the users of a department, in a company with a role of the same rights that reaches all."""
    await role(make, "lead", "department_tree", *RIGHTS)
    await role(make, "national", "all", *RIGHTS)
    await role(make, "local", "own", "customers:read")
    await role(make, "more", "own", "customers:delete")
    return as_(await make.user("lead", department=team.east))


class TestRoles:
    @pytest.mark.parametrize(("code", "status"), [("local", 201), ("lead", 201), ("national", 403), ("more", 403)])
    async def test_of_a_new_person(self, code: str, status: int, lead: Client) -> None:
        body = {"user_name": "newcomer", "name": "新人", "roles": [code]}
        answer = await lead.post("/users", json=body)
        assert answer.status_code == status, answer.text
        if status == 403:
            assert "customers:" in str(answer.json()["lacking"])
            assert (await lead.get("/users?q=newcomer")).json()["items"] == []

    async def test_of_oneself(self, lead: Client) -> None:
        me = (await lead.get("/me")).json()["id"]
        version = (await lead.get(f"/users/{me}")).json()["version"]
        match = {"If-Match": f'"{version}"'}
        answer = await lead.patch(f"/users/{me}", json={"roles": ["lead", "national"]}, headers=match)
        assert answer.status_code == 403
        assert (await lead.get(f"/users/{me}")).json()["roles"] == ["lead"]

    @pytest.mark.parametrize(("code", "outcome"), [("local", "created"), ("national", "refused")])
    async def test_of_an_import(self, code: str, outcome: str, make: Make, as_: As) -> None:
        await role(make, "importer", "all", "imports:write")
        await role(make, "local", "own", "customers:read")
        await role(make, "national", "all", "customers:read")
        importer = as_(await make.user("importer", "local"))
        row = {"external_id": "n1", "user_name": "newcomer", "name": "新人", "roles": [code]}
        result = (await importer.post("/imports/users", json={"rows": [row]})).json()["results"][0]
        assert result["outcome"] == outcome, result
        assert [error["code"] for error in result["errors"]] == (["forbidden"] if outcome == "refused" else [])


class TestLink:
    async def test_nobody_logs_in_as_who_reaches_farther(self, make: Make, lead: Client) -> None:
        boss, colleague = await make.user("national"), await make.user("local")
        assert (await lead.post(f"/users/{boss.id}/link")).status_code == 403
        assert (await lead.post(f"/users/{colleague.id}/link")).status_code == 200

    async def test_who_edits_roles_may(self, make: Make, team: Team, lead: Client, as_: As) -> None:
        assert lead
        boss = await make.user("national")
        assert (await as_(team.admin).post(f"/users/{boss.id}/link")).status_code == 200
