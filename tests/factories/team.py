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
    east = await make.department("华东部", company)
    west = await make.department("西部", company)
    return Team(
        company=company,
        east=east,
        west=west,
        admin=await make.user("admin", name="管理员"),
        executive=await make.user("executive", name="总经理", department=company),
        supervisor=await make.user("supervisor", name="东主管", department=east),
        manager=await make.user("manager", name="小明", department=east),
        colleague=await make.user("manager", name="小红", department=east),
        other_supervisor=await make.user("supervisor", name="西主管", department=west),
        stranger=await make.user("manager", name="小强", department=west),
    )


async def with_rights(make: Make, team: Team, **scopes: tuple[str, ...]) -> User:
    """Make a person of the east with a role for each scope given: `own=("customers:read",)`."""
    for scope, rights in scopes.items():
        role = await make.add(Role(code=f"of_{scope}", name=scope, flag="active", data_scope=scope))
        for right in rights:
            await make.add(RoleRight(role_id=role.id, right_code=right))
    return await make.user(*(f"of_{scope}" for scope in scopes), department=team.east)
