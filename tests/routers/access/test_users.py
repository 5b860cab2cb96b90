"""People, roles and departments over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.db import Base
from app.models.reports.periodic import PeriodicReport
from app.models.sales.goals import Goal
from app.services.access import departments
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}
NEW = {"user_name": "newcomer", "name": "新人", "roles": ["manager"]}


class TestUsers:
    async def test_a_new_person_has_no_password(self, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/users", json=NEW | {"department_id": team.east.id})
        assert answer.status_code == 201, answer.text
        person = answer.json()
        assert (person["roles"], person["has_password"], person["flag"]) == (["manager"], False, "active")
        assert person["department"]["name"] == "华东部"

    @pytest.mark.parametrize(
        ("change", "status", "pointer"),
        [
            ({"roles": ["emperor"]}, 422, "/roles"),
            ({"roles": []}, 422, "/roles"),
            ({"department_id": 999_999}, 422, "/department_id"),
            ({"user_name": "a b"}, 422, "/user_name"),
            ({"user_name": "PERSON1"}, 409, "/user_name"),
        ],
    )
    async def test_refusals(self, change: dict[str, object], status: int, pointer: str, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/users", json=NEW | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)
        assert (await as_(team.admin).get("/users?limit=200")).json()["total"] == 7

    async def test_only_administrators_may(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).post("/users", json=NEW)).status_code == 403
        assert (await as_(team.supervisor).get("/users")).status_code == 403

    @pytest.mark.parametrize("change", [{"roles": ["manager"]}, {"flag": "disabled"}])
    async def test_the_last_administrator_stays(self, change: dict[str, object], team: Team, as_: As) -> None:
        admin = as_(team.admin)
        answer = await admin.patch(f"/users/{team.admin.id}", json=change, headers=MATCH)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
        assert (await admin.get(f"/users/{team.admin.id}")).json()["roles"] == ["admin"]

    async def test_changed_roles_are_audited(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        await admin.patch(f"/users/{team.manager.id}", json={"roles": ["manager", "supervisor"]}, headers=MATCH)
        log = (await admin.get(f"/audit?entity=users&entity_id={team.manager.id}")).json()["items"]
        assert (log[0]["action"], log[0]["actor"]["name"]) == ("grant_role", "管理员")
        assert log[0]["changes"] == {"role_id": [None, 2]}

    async def test_a_link_for_a_disabled_person_is_refused(self, team: Team, as_: As, make: Make) -> None:
        gone = await make.user("manager", flag="disabled")
        assert (await as_(team.admin).post(f"/users/{gone.id}/link")).status_code == 409

    async def test_pickers_show_active_people_who_can_do_the_work(self, team: Team, as_: As, make: Make) -> None:
        await make.user("manager", name="离职", department=team.east, flag="disabled")
        boss = as_(team.supervisor)
        found = (await boss.get("/people?holding=plans:execute&within=chances:assign")).json()["items"]
        assert {person["name"] for person in found} == {"东主管", "小明", "小红"}
        everyone = (await boss.get("/people?limit=200")).json()["items"]
        assert len(everyone) == 7
        assert set(everyone[0]) == {"id", "name", "department", "active"}


class TestDepartments:
    async def test_what_names_one_keeps_it_in_words(self, team: Team, as_: As, make: Make) -> None:
        admin, month = as_(team.admin), make.today.replace(day=1)
        customer = await make.customer(team.manager)

        async def refused(what: str, row: Callable[[int], Any]) -> None:
            department = await make.department(what)
            await make.add(row(department.id))
            answer = await admin.delete(f"/departments/{department.id}", headers=MATCH)
            assert (answer.status_code, answer.json()["code"], answer.json()["what"]) == (409, "not_empty", what)

        author = {"author_id": team.supervisor.id, "status": "draft", "number": "KB9", "month": month}
        await refused("goals", lambda id_: Goal(department_id=id_, month=month, metric="won_amount", value=1))
        await refused("reports", lambda id_: PeriodicReport(department_id=id_, **author))
        complaint = await make.service(customer)

        def blamed(id_: int) -> Any:
            complaint.department_id = id_
            return complaint

        await refused("services", blamed)

    def test_no_reference_to_departments_is_forgotten(self) -> None:
        named = {
            str(column)
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if any(key.column.table.name == "sys_department" for key in column.foreign_keys)
        }
        assert named == {str(column.property.columns[0]) for column, _ in departments.USED}

    async def test_the_tree_has_no_circles_and_full_ones_stay(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        circle = await admin.patch(f"/departments/{team.company.id}", json={"parent_id": team.east.id}, headers=MATCH)
        assert (circle.status_code, circle.json()["errors"][0]["code"]) == (422, "circle")
        full = await admin.delete(f"/departments/{team.east.id}", headers=MATCH)
        assert (full.status_code, full.json()["count"], full.json()["code"]) == (409, 3, "not_empty")
        new = (await admin.post("/departments", json={"name": "新部", "parent_id": team.east.id})).json()
        assert new["parent"]["name"] == "华东部"
        assert (await admin.delete(f"/departments/{new['id']}", headers=MATCH)).status_code == 204

    async def test_scope_follows_the_tree_at_once_for_new_sign_ins(self, team: Team, as_: As, make: Make) -> None:
        chief = await make.user("supervisor", name="总监", department=team.company)
        await make.customer(team.manager)
        await make.customer(team.stranger)
        assert (await as_(chief).get("/customers")).json()["total"] == 2
        assert (await as_(team.supervisor).get("/customers")).json()["total"] == 1

    async def test_others_read_only(self, team: Team, as_: As) -> None:
        assert len((await as_(team.manager).get("/departments")).json()) == 3
        assert (await as_(team.manager).post("/departments", json={"name": "x"})).status_code == 403


class TestBaseData:
    async def test_dictionaries_and_processes_are_read_by_all(self, team: Team, as_: As) -> None:
        types = {row["type"]: row["items"] for row in (await as_(team.manager).get("/dict")).json()}
        assert [item["value"] for item in types["level"]][:2] == ["战略合作伙伴", "合作伙伴"]
        processes = (await as_(team.executive).get("/processes")).json()
        assert [stage["rate"] for stage in processes[0]["stages"]] == [10, 30, 50, 70, 90]

    async def test_a_dictionary_value_is_added_once_by_an_administrator(self, team: Team, as_: As) -> None:
        body = {"type": "industry", "item": "software_us", "value": "software"}
        assert (await as_(team.manager).post("/dict", json=body)).status_code == 403
        assert (await as_(team.admin).post("/dict", json=body)).status_code == 201
        assert (await as_(team.admin).post("/dict", json=body)).status_code == 409
        assert (await as_(team.admin).post("/dict", json=body | {"type": "moon"})).status_code == 422

    async def test_products_are_found_by_name_and_code(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product("云服务器", code="CS-1")
        manager = as_(team.manager)
        assert (await manager.get(f"/products/{product.id}")).json()["code"] == "CS-1"
        assert (await manager.get("/products?q=服务")).json()["total"] == 1
        assert (await manager.get("/products?q=cs")).json()["total"] == 1
        assert (await manager.get("/products/999")).status_code == 404
