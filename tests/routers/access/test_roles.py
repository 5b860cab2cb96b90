"""Keeping roles over HTTP: what may be edited, what stays, and what the log tells of it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from app.models.access.rbac import Role, RoleRight
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
NEW = {"code": "sales_assistant", "name": "销售助理", "data_scope": "department", "rights": ["customers:read"]}
READS = ("rbac:read", "people:read")


async def role(client: Client, code: str) -> dict[str, Any]:
    """Return the detail of a role by its code."""
    found = {row["code"]: row["id"] for row in (await client.get("/roles")).json()}
    return (await client.get(f"/roles/{found[code]}")).json()


def match(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


async def put(client: Client, row: dict[str, Any], rights: list[str]) -> Any:
    return await client.put(f"/roles/{row['id']}/rights", json={"rights": rights}, headers=match(row))


@pytest.fixture
async def admin(team: Team, as_: As) -> Client:
    return as_(team.admin)


class TestCreate:
    async def test_from_scratch(self, admin: Client) -> None:
        answer = await admin.post("/roles", json=NEW)
        made = answer.json()
        assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
        assert {name: made[name] for name in NEW} == NEW
        assert (made["flag"], made["built_in"], made["people_count"], made["default_rights"]) == (
            "active", False, 0, None,
        )  # fmt: skip
        assert made["allowed_actions"] == ["update", "set_rights", "copy", "delete"]
        bare = (await admin.post("/roles", json={"code": "nothing_yet", "name": "空"})).json()
        assert (bare["rights"], bare["data_scope"]) == ([], "own")

    async def test_as_a_copy(self, admin: Client) -> None:
        manager = await role(admin, "manager")
        body = {"code": "manager_light", "name": "客户经理（轻）", "copy_of": manager["id"]}
        made = (await admin.post("/roles", json=body)).json()
        assert (made["rights"], made["data_scope"]) == (manager["rights"], "own")
        other = body | {"code": "manager_bare", "name": "空", "rights": [], "data_scope": "all"}
        made = (await admin.post("/roles", json=other)).json()
        assert (made["rights"], made["data_scope"]) == ([], "all")

    @pytest.mark.parametrize(
        ("change", "status", "pointer"),
        [
            ({"rights": ["customers:read", "customers:fly"]}, 422, "/rights/1"),
            ({"rights": None, "copy_of": 999_999}, 422, "/copy_of"),
            ({"code": "Has Spaces"}, 422, "/code"),
            ({"name": " "}, 422, "/name"),
            ({"data_scope": "moon"}, 422, "/data_scope"),
            ({"flag": "disabled"}, 422, "/flag"),
            ({"code": "manager"}, 409, "/code"),
            ({"name": "客户经理"}, 409, "/name"),
        ],
    )
    async def test_refusals(self, change: dict[str, Any], status: int, pointer: str, admin: Client) -> None:
        before = len((await admin.get("/roles")).json())
        answer = await admin.post("/roles", json=NEW | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)
        assert len((await admin.get("/roles")).json()) == before

    async def test_only_with_the_right(self, team: Team, as_: As, make: Make) -> None:
        reader = await with_rights(make, team, all=READS)
        assert (await as_(reader).post("/roles", json=NEW)).json()["right"] == "rbac:write"
        assert (await as_(team.manager).get("/roles")).status_code == 403


class TestUpdate:
    async def test_facts_change_and_the_code_stays(self, admin: Client) -> None:
        manager = await role(admin, "manager")
        url, body = (
            f"/roles/{manager['id']}",
            {"name": "客户顾问", "description": "跟进客户", "data_scope": "department"},
        )
        changed = (await admin.patch(url, json=body, headers=match(manager))).json()
        assert {name: changed[name] for name in body} == body
        assert (changed["version"], changed["code"]) == (manager["version"] + 1, "manager")
        refused = await admin.patch(url, json={"code": "adviser"}, headers=match(changed))
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/code")

    @pytest.mark.parametrize("name", ["name", "data_scope", "flag"])
    async def test_nothing_that_a_role_needs_can_be_emptied(self, name: str, admin: Client) -> None:
        manager = await role(admin, "manager")
        answer = await admin.patch(f"/roles/{manager['id']}", json={name: None}, headers=match(manager))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{name}")

    async def test_the_version_is_asked_for(self, admin: Client) -> None:
        manager = await role(admin, "manager")
        for method, url, body in (
            ("PATCH", f"/roles/{manager['id']}", {"name": "甲"}),
            ("PUT", f"/roles/{manager['id']}/rights", {"rights": []}),
            ("DELETE", f"/roles/{manager['id']}", None),
        ):
            headers = [{}, {"If-Match": '"99"'}]
            statuses = [(await admin.request(method, url, json=body, headers=one)).status_code for one in headers]
            assert statuses == [428, 412], method
        assert (await role(admin, "manager"))["version"] == manager["version"]

    async def test_who_only_reads_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        reader = as_(await with_rights(make, team, all=READS))
        manager = await role(reader, "manager")
        assert manager["allowed_actions"] == []
        for method, url in (("PATCH", ""), ("PUT", "/rights"), ("DELETE", "")):
            body = {"rights": []} if method == "PUT" else {}
            answer = await reader.request(method, f"/roles/{manager['id']}{url}", json=body, headers=match(manager))
            assert answer.json()["right"] == "rbac:write"
        assert (await reader.patch("/roles/999999", json={}, headers=match(manager))).status_code == 403

    async def test_absent(self, admin: Client) -> None:
        for method, url in (("GET", ""), ("GET", "/history"), ("PATCH", ""), ("PUT", "/rights"), ("DELETE", "")):
            body = {"rights": []} if method == "PUT" else {} if method == "PATCH" else None
            answer = await admin.request(method, f"/roles/999999{url}", json=body, headers={"If-Match": '"1"'})
            assert answer.status_code == 404, method + url


class TestRights:
    async def test_the_whole_list_is_replaced(self, admin: Client) -> None:
        manager = await role(admin, "manager")
        wanted = ["people:read", "customers:read", "chances:read", "customers:read"]
        changed = (await put(admin, manager, wanted)).json()
        assert changed["rights"] == ["chances:read", "customers:read", "people:read"]
        assert changed["version"] == manager["version"] + 1
        again = (await put(admin, changed, changed["rights"])).json()
        assert again["version"] == changed["version"]

    @pytest.mark.parametrize("rights", [["customers:fly"], "customers:read", [None], ["customers"]])
    async def test_unknown_ones_are_refused_at_their_place(self, rights: Any, admin: Client) -> None:
        manager = await role(admin, "manager")
        answer = await put(admin, manager, rights)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"][:7]) == (422, "/rights")
        assert (await role(admin, "manager"))["rights"] == manager["rights"]

    async def test_what_kith_gave_is_remembered_through_all_edits_and_upgrades(self, admin: Client, make: Make) -> None:
        first = await role(admin, "manager")
        assert first["default_rights"] == first["rights"]
        given = set(first["rights"])
        second = (await put(admin, first, ["customers:read", "audit:read"])).json()
        assert set(second["default_rights"]) == given
        # An upgrade gives a right and takes another one away, past the log.
        await make.add(RoleRight(role_id=first["id"], right_code="health:read"))
        await make.session.execute(
            delete(RoleRight).where(RoleRight.role_id == first["id"], RoleRight.right_code == "customers:read")
        )
        await make.session.commit()
        third = await role(admin, "manager")
        expected = (given | {"health:read"}) - {"customers:read"}
        assert set(third["default_rights"]) == expected
        fourth = (await put(admin, third, [*third["rights"], "users:read"])).json()
        assert set(fourth["default_rights"]) == expected
        back = (await put(admin, fourth, fourth["default_rights"])).json()
        assert back["rights"] == back["default_rights"]


class TestLastAdministrator:
    async def without(self, admin: Client, *rights: str) -> Any:
        row = await role(admin, "admin")
        return await put(admin, row, [right for right in row["rights"] if right not in rights])

    @pytest.mark.parametrize("right", ["rbac:write", "users:write"])
    async def test_their_rights_stay(self, right: str, admin: Client) -> None:
        answer = await self.without(admin, right)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
        assert right in (await role(admin, "admin"))["rights"]

    async def test_their_role_cannot_be_disabled(self, admin: Client) -> None:
        row = await role(admin, "admin")
        answer = await admin.patch(f"/roles/{row['id']}", json={"flag": "disabled"}, headers=match(row))
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")

    async def test_whoever_holds_both_rights_counts_whatever_the_role_is_called(
        self, team: Team, as_: As, make: Make, admin: Client
    ) -> None:
        keeper = await with_rights(make, team, own=("rbac:write", "rbac:read"), all=("users:write", "users:read"))
        assert (await self.without(admin, "rbac:write")).status_code == 200
        keeps = as_(keeper)
        own = await role(keeps, "of_own")
        assert (await put(keeps, own, ["rbac:read"])).json()["code"] == "last_administrator"
        for change in ({"roles": ["of_own"]}, {"flag": "disabled"}):
            answer = await keeps.patch(f"/users/{keeper.id}", json=change, headers={"If-Match": '"1"'})
            assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
        assert (
            await keeps.patch(f"/users/{team.admin.id}", json={"flag": "disabled"}, headers={"If-Match": '"1"'})
        ).json()["flag"] == "disabled"

    async def test_a_disabled_person_or_role_does_not_count(self, make: Make, admin: Client) -> None:
        await make.user("admin", flag="disabled")
        spare = await make.add(Role(code="spare", name="备用", flag="disabled", data_scope="all"))
        for right in ("rbac:write", "users:write"):
            await make.add(RoleRight(role_id=spare.id, right_code=right))
        await make.user("spare")
        assert (await self.without(admin, "rbac:write")).json()["code"] == "last_administrator"

    async def test_an_import_keeps_them_too(self, team: Team, as_: As, make: Make, admin: Client) -> None:
        keeper = await with_rights(make, team, all=("rbac:write", "users:write", "imports:write"))
        await make.session.refresh(keeper)
        keeper.external_id = "u1"
        await make.session.commit()
        assert (await self.without(admin, "rbac:write")).status_code == 200
        row = {"external_id": "u1", "user_name": keeper.user_name, "name": keeper.name, "roles": ["manager"]}
        result = (await as_(keeper).post("/imports/users", json={"rows": [row]})).json()["results"][0]
        assert (result["outcome"], result["errors"][0]["code"]) == ("refused", "last_administrator")


class TestDelete:
    async def test_one_that_nobody_holds(self, admin: Client, make: Make) -> None:
        made = (await admin.post("/roles", json=NEW)).json()
        assert (await admin.delete(f"/roles/{made['id']}", headers=match(made))).status_code == 204
        assert (await admin.get(f"/roles/{made['id']}")).status_code == 404
        assert await make.session.scalar(select(RoleRight).where(RoleRight.role_id == made["id"])) is None
        log = (await admin.get(f"/audit?entity=rbac&entity_id={made['id']}")).json()["items"]
        assert [row["action"] for row in log] == ["delete", "set_rights", "create"]
        assert log[1]["changes"] == {"rights": [["customers:read"], []]}

    async def test_the_built_in_ones_stay(self, admin: Client) -> None:
        for code in ("admin", "supervisor", "manager", "executive"):
            row = await role(admin, code)
            answer = await admin.delete(f"/roles/{row['id']}", headers=match(row))
            assert (answer.status_code, answer.json()["code"], row["built_in"]) == (409, "built_in", True)
            assert "delete" not in row["allowed_actions"]

    async def test_it_tells_how_many_people_hold_it(self, admin: Client, make: Make) -> None:
        made = (await admin.post("/roles", json=NEW)).json()
        for flag in ("active", "disabled"):
            await make.user("sales_assistant", flag=flag)
        answer = await admin.delete(f"/roles/{made['id']}", headers=match(made))
        assert (answer.status_code, answer.json()["code"], answer.json()["count"]) == (409, "held", 2)
        assert (await role(admin, "sales_assistant"))["allowed_actions"] == ["update", "set_rights", "copy"]


class TestHistory:
    async def test_it_tells_rights_as_lists_before_and_after(self, admin: Client) -> None:
        made = (await admin.post("/roles", json=NEW)).json()
        changed = (await put(admin, made, ["chances:read"])).json()
        await admin.patch(f"/roles/{made['id']}", json={"data_scope": "all"}, headers=match(changed))
        rows = (await admin.get(f"/roles/{made['id']}/history")).json()["items"]
        assert [(row["action"], row["actor"]["name"]) for row in rows] == [
            ("update", "管理员"), ("set_rights", "管理员"), ("create", "管理员"),
        ]  # fmt: skip
        assert rows[0]["changes"] == {"data_scope": ["department", "all"]}
        assert rows[1]["changes"] == {"rights": [["customers:read"], ["chances:read"]]}
        assert rows[2]["changes"]["rights"] == [None, ["customers:read"]]
        assert rows[2]["changes"]["code"] == [None, "sales_assistant"]

    async def test_a_refused_change_leaves_no_trace(self, admin: Client) -> None:
        row = await role(admin, "admin")
        await put(admin, row, [])
        assert (await admin.get(f"/roles/{row['id']}/history")).json()["items"] == []
