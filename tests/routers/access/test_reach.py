"""Who keeps people and departments with less than all reach widens nobody's reach, and touches no administrator."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.models.access.departments import Department
from app.models.access.rbac import Role, RoleRight
from app.models.access.users import User, UserRole
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
RIGHTS = ("customers:read", "users:read", "users:write", "departments:read", "departments:write")


async def role(make: Make, code: str, scope: str, *rights: str) -> None:
    made = await make.add(Role(code=code, name=code, flag="active", data_scope=scope))
    for right in rights:
        await make.add(RoleRight(role_id=made.id, right_code=right))


@pytest.fixture
async def places(make: Make, team: Team) -> dict[str, Any]:
    """The east with a group below it, who keeps it, and everybody else by name."""
    await role(make, "lead", "department_tree", *RIGHTS)
    await role(make, "office", "department", *RIGHTS)
    await role(make, "everywhere", "all", *RIGHTS)
    await role(make, "mixed", "all", "users:read", "users:write", "departments:read", "departments:write")
    await role(make, "reads", "department_tree", "customers:read")
    await role(make, "importer", "all", "imports:write")
    group = await make.department("一组", team.east)
    found = {
        "company": team.company, "east": team.east, "west": team.west, "group": group,
        "admin": team.admin, "stranger": team.stranger,
        "lead": await make.user("lead", department=team.east),
        "office": await make.user("office", department=team.east),
        "everywhere": await make.user("everywhere", department=team.east),
        "mixed": await make.user("mixed", "reads", department=team.east),
        "importer": await make.user("importer", "reads", department=team.east),
        "inside": await make.user("reads", department=group),
        "outside": await make.user("reads", department=team.company),
        "nobody": await make.user("reads"),
    }  # fmt: skip
    for name, row in found.items():
        row.external_id = name
    await make.session.commit()
    return found


def resolved(value: Any, places: dict[str, Any]) -> Any:
    """Put ids where a table names somebody: `{"parent_id": "east"}`."""
    if isinstance(value, dict):
        return {
            k: places[v].id if k.endswith("_id") and v in places and k != "external_id" else resolved(v, places)
            for k, v in value.items()
        }
    return [resolved(one, places) for one in value] if isinstance(value, list) else value


async def tried(http: Client, method: str, path: str, body: Any, places: dict[str, Any]) -> Any:
    noun, _, rest = path.strip("/").partition("/")
    name, _, act = rest.partition("/")
    place = f"/{noun}" + (f"/{places[name].id}" if name else "") + (f"/{act}" if act else "")
    headers = {"If-Match": f'"{places[name].version}"'} if method in {"PATCH", "DELETE"} else {}
    return await http.request(method, place, json=resolved(body, places), headers=headers)


async def everything(make: Make) -> tuple[Any, ...]:
    users = select(User.id, User.department_id, User.flag, User.name, User.version).order_by(User.id)
    tree = select(Department.id, Department.parent_id, Department.leader_id).order_by(Department.id)
    roles = select(UserRole.user_id, UserRole.role_id).order_by(UserRole.user_id, UserRole.role_id)
    return tuple([(await make.session.execute(one)).all() for one in (users, tree, roles)])


NEW = {"user_name": "newcomer", "name": "新人", "roles": ["reads"]}
REFUSED = [
    # themselves
    ("lead", "PATCH", "/users/lead", {"department_id": "company"}),
    ("lead", "PATCH", "/users/lead", {"department_id": "west"}),
    ("office", "PATCH", "/users/office", {"department_id": "group"}),
    ("mixed", "PATCH", "/users/mixed", {"department_id": "company"}),
    ("mixed", "PATCH", "/users/mixed", {"department_id": "west"}),
    # others, into the own reach or beyond it
    ("lead", "PATCH", "/users/stranger", {"department_id": "east"}),
    ("lead", "PATCH", "/users/nobody", {"department_id": "group"}),
    ("lead", "PATCH", "/users/inside", {"department_id": "company"}),
    ("lead", "PATCH", "/users/outside", {"department_id": None}),
    ("office", "PATCH", "/users/inside", {"department_id": "east"}),
    ("mixed", "PATCH", "/users/stranger", {"department_id": "east"}),
    ("lead", "POST", "/users", NEW | {"department_id": "company"}),
    ("lead", "POST", "/users", NEW | {"department_id": "west"}),
    # somebody to be who reaches farther
    ("lead", "POST", "/users/outside/link", None),
    ("lead", "POST", "/users/everywhere/link", None),
    ("lead", "PATCH", "/users/outside", {"roles": ["lead"]}),
    # departments
    ("lead", "PATCH", "/departments/west", {"parent_id": "east"}),
    ("lead", "PATCH", "/departments/east", {"parent_id": "west"}),
    ("lead", "PATCH", "/departments/east", {"parent_id": None}),
    ("lead", "PATCH", "/departments/west", {"leader_id": "lead"}),
    ("lead", "PATCH", "/departments/company", {"name": "我的"}),
    ("lead", "DELETE", "/departments/west", None),
    ("lead", "POST", "/departments", {"name": "新", "parent_id": "west"}),
    ("lead", "POST", "/departments", {"name": "新"}),
    ("office", "PATCH", "/departments/group", {"parent_id": "east"}),
    ("mixed", "PATCH", "/departments/west", {"parent_id": "group"}),
    # administrators
    ("lead", "PATCH", "/users/admin", {"name": "x"}),
    ("lead", "PATCH", "/users/admin", {"flag": "disabled"}),
    ("lead", "PATCH", "/users/admin", {"department_id": "east"}),
    ("lead", "POST", "/users/admin/link", None),
    ("everywhere", "PATCH", "/users/admin", {"email": "x@example.com"}),
    ("everywhere", "PATCH", "/users/admin", {"user_name": "x1"}),
    ("everywhere", "POST", "/users/admin/link", None),
    # by imports, row by row or the whole batch
    ("importer", "POST", "/imports/users", [NEW | {"external_id": "importer", "department_external_id": "company"}]),
    ("importer", "POST", "/imports/users", [NEW | {"external_id": "stranger", "department_external_id": "east"}]),
    ("importer", "POST", "/imports/users", [{"external_id": "admin", "user_name": "x1", "name": "x", "roles": ["admin"]}]),
    ("importer", "POST", "/imports/departments", [{"external_id": "west", "name": "西", "parent_external_id": "group"}]),
]  # fmt: skip
ALLOWED = [
    ("lead", "PATCH", "/users/lead", {"department_id": "group"}),
    ("lead", "PATCH", "/users/inside", {"department_id": "east"}),
    ("lead", "PATCH", "/users/inside", {"name": "改名"}),
    ("lead", "POST", "/users", NEW | {"department_id": "group"}),
    ("lead", "POST", "/users/inside/link", None),
    ("lead", "POST", "/departments", {"name": "新", "parent_id": "group"}),
    ("lead", "PATCH", "/departments/group", {"leader_id": "inside"}),
    ("lead", "DELETE", "/departments/spare", None),
    ("mixed", "PATCH", "/users/stranger", {"department_id": "company"}),
    ("everywhere", "PATCH", "/users/everywhere", {"department_id": "company"}),
    ("everywhere", "PATCH", "/departments/west", {"parent_id": "east"}),
    ("admin", "PATCH", "/users/lead", {"department_id": "company"}),
    ("admin", "PATCH", "/departments/west", {"parent_id": "east"}),
    ("importer", "POST", "/imports/users", [{"external_id": "stranger", "user_name": "x1", "name": "x", "roles": ["manager"], "department_external_id": "company"}]),
]  # fmt: skip


def worded(answer: Any) -> bool:
    """Tell whether a refusal says why."""
    return len(answer.json()["detail"]) > 20


async def sent(who: str, method: str, path: str, body: Any, places: dict[str, Any], as_: As) -> tuple[bool, str]:
    """Return whether a call was refused with words, and what was answered."""
    if path.startswith("/imports"):
        answer = await as_(places[who]).post(path, json={"rows": body})
        refused = answer.status_code == 200 and [one["outcome"] for one in answer.json()["results"]] == ["refused"]
        if refused:
            return answer.json()["results"][0]["errors"][0]["code"] != "missing", answer.text
    else:
        answer = await tried(as_(places[who]), method, path, body, places)
    return answer.status_code in {403, 422} and len(answer.json()["detail"]) > 20, answer.text


async def test_refused_and_nothing_changes(places: dict[str, Any], make: Make, as_: As) -> None:
    before, wrong = await everything(make), {}
    for row in REFUSED:
        refused, words = await sent(*row, places, as_)
        if not refused or await everything(make) != before:
            wrong[str(row)] = words
            before = await everything(make)
    assert wrong == {}


@pytest.mark.parametrize(("who", "method", "path", "body"), ALLOWED)
async def test_allowed(
    who: str, method: str, path: str, body: Any, places: dict[str, Any], make: Make, as_: As
) -> None:
    places["spare"] = await make.department("空", places["group"])
    refused, words = await sent(who, method, path, body, places, as_)
    assert not refused, words
    assert '"status":4' not in words
