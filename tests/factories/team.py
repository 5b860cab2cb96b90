"""The usual people of a test: enough to be in scope, out of scope, above and beside."""

from dataclasses import dataclass

from app.models.access.departments import Department
from app.models.access.rbac import Role, RoleRight
from app.models.access.users import User
from tests.factories.make import Make


@dataclass
class Team:
    """East and west under one company; each with a supervisor and two managers."""

    company: Department
    east: Department
    west: Department
    admin: User
    executive: User
    supervisor: User
    manager: User
    colleague: User
    other_supervisor: User
    stranger: User


async def build_team(make: Make) -> Team:
    """Make them."""
    company = await make.department("公司")
    east, west = await make.departments(company, "华东部", "西部")
    people = await make.users(
        ("管理员", ("admin",), None), ("总经理", ("executive",), company),
        ("东主管", ("supervisor",), east), ("小明", ("manager",), east), ("小红", ("manager",), east),
        ("西主管", ("supervisor",), west), ("小强", ("manager",), west),
    )  # fmt: skip
    return Team(company, east, west, *people)


async def with_rights(make: Make, team: Team, **scopes: tuple[str, ...]) -> User:
    """Make a person of the east with a role for each scope given: `own=("customers:read",)`."""
    for scope, rights in scopes.items():
        role = await make.add(Role(code=f"of_{scope}", name=scope, flag="active", data_scope=scope))
        for right in rights:
            await make.add(RoleRight(role_id=role.id, right_code=right))
    return await make.user(*(f"of_{scope}" for scope in scopes), department=team.east)
