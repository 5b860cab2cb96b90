"""What only real commits show: twins in flight, two hands on one row, sums under load, numbers."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database, KithSession
from app.services.base import verify
from tests.factories.application import application
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team, with_rights

pytestmark = pytest.mark.commits

NEW = {"title": "服务器", "customer_name": "华为", "amount": "10.00"}


async def test_twins_in_flight_are_done_once(app: FastAPI, team: Team) -> None:
    async with patient(app, team.manager) as manager:
        answers = await asyncio.gather(
            *(manager.post("/chances", json=NEW, headers={"Idempotency-Key": "one"}) for _ in range(5))
        )
        done = [answer for answer in answers if answer.status_code == 201]
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert len({answer.json()["id"] for answer in done}) == 1
        assert (await manager.get("/chances")).json()["total"] == 1


async def test_of_two_hands_on_one_version_one_is_stale(app: FastAPI, team: Team, make: Make) -> None:
    customer = await make.customer(team.manager)
    async with patient(app, team.manager) as manager:
        answers = await asyncio.gather(
            *(
                manager.patch(f"/customers/{customer.id}", json={"memo": str(n)}, headers={"If-Match": '"1"'})
                for n in range(4)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        assert (await manager.get(f"/customers/{customer.id}")).json()["version"] == 2


async def test_a_chance_is_assigned_once(app: FastAPI, team: Team, make: Make) -> None:
    chance = await make.chance(team.manager)
    async with patient(app, team.supervisor) as boss:
        bodies = [{"assignee_id": person.id} for person in (team.manager, team.colleague)]
        answers = await asyncio.gather(*(boss.post(f"/chances/{chance.id}/assign", json=body) for body in bodies))
        assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_sums_and_numbers_hold_under_load(app: FastAPI, team: Team, make: Make) -> None:
    async with patient(app, team.manager) as manager, patient(app, team.supervisor) as boss:
        made = [
            answer.json() for answer in await asyncio.gather(*(manager.post("/chances", json=NEW) for _ in range(16)))
        ]
        assert len({chance["number"] for chance in made}) == 16
        body = {"assignee_id": team.colleague.id}
        await asyncio.gather(*(boss.post(f"/chances/{chance['id']}/assign", json=body) for chance in made[:8]))
        total = (await boss.get("/chances/summary?group_by=assignee")).json()["total"]
        assert (total["count"], total["amount"]) == (8, "80.00")
    assert await verify.sums(make.ctx) == []


async def test_an_error_after_a_flush_leaves_nothing(app: FastAPI, team: Team, make: Make) -> None:
    chance = await make.chance(team.supervisor, team.manager, customer_name="蓝海科技")
    await make.customer(team.manager, "蓝海科技有限公司")
    async with patient(app, team.manager) as manager:
        body = {"close_value": "1", "create_customer": True}
        assert (await manager.post(f"/chances/{chance.id}/succeed", json=body)).status_code == 409
        assert (await manager.get(f"/chances/{chance.id}")).json()["version"] == 1
        assert (await manager.get("/customers")).json()["total"] == 1


async def test_a_database_that_is_away_is_503() -> None:
    away = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none", pool_size=1)
    other = application(away)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(other), base_url="http://test") as anybody:
        answer = await anybody.get("/readyz")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert (await anybody.get("/livez")).status_code == 200
    await away.dispose()


async def test_two_administrators_who_demote_each_other_leave_one(app: FastAPI, team: Team, make: Make) -> None:
    other = await make.user("admin")

    async def demote(by: object, whom: object) -> int:
        async with patient(app, by) as http:
            body, headers = {"roles": ["manager"]}, {"If-Match": '"1"'}
            return (await http.patch(f"/users/{whom.id}", json=body, headers=headers)).status_code

    statuses = await asyncio.gather(demote(team.admin, other), demote(other, team.admin))
    assert statuses.count(200) == 1, statuses


async def test_of_two_creates_of_one_name_at_once_one_is_told(app: FastAPI, team: Team) -> None:
    names = ("蓝海科技有限公司", "蓝海·科技（股份有限公司）", "蓝海 科技")
    async with patient(app, team.manager) as one, patient(app, team.colleague) as two:
        tries = [
            http.post("/customers", json={"name": name}) for http, name in zip((one, two, one), names, strict=True)
        ]
        answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409], [answer.text for answer in answers]
    refused = {answer.json()["type"] for answer in answers if answer.status_code == 409}
    assert refused == {"/problems/duplicate-customer"}


async def test_two_keepers_who_disarm_each_other_leave_one(app: FastAPI, team: Team, make: Make) -> None:
    keeper = await with_rights(make, team, all=("rbac:write", "users:write"))
    async with patient(app, team.admin) as one, patient(app, keeper) as two:
        roles = {row["code"]: row for row in (await one.get("/roles")).json()}
        theirs = {"If-Match": f'"{roles["of_all"]["version"]}"'}, {"If-Match": f'"{roles["admin"]["version"]}"'}
        answers = await asyncio.gather(
            one.put(f"/roles/{roles['of_all']['id']}/rights", json={"rights": []}, headers=theirs[0]),
            two.patch(f"/roles/{roles['admin']['id']}", json={"flag": "disabled"}, headers=theirs[1]),
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]


async def test_a_role_and_a_person_disarmed_at_once_leave_one(app: FastAPI, team: Team, make: Make) -> None:
    keeper = await with_rights(make, team, all=("rbac:write", "users:write"))
    async with patient(app, team.admin) as one, patient(app, keeper) as two:
        roles = {row["code"]: row for row in (await one.get("/roles")).json()}
        version = {"If-Match": f'"{roles["admin"]["version"]}"'}
        answers = await asyncio.gather(
            one.patch(f"/users/{keeper.id}", json={"flag": "disabled"}, headers={"If-Match": '"1"'}),
            two.put(f"/roles/{roles['admin']['id']}/rights", json={"rights": ["rbac:read"]}, headers=version),
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]


async def test_of_two_ends_of_one_chance_one_is_refused(app: FastAPI, team: Team, make: Make) -> None:
    chance = await make.chance(team.supervisor, team.manager)
    async with patient(app, team.manager) as manager:
        won = {"close_value": "10", "create_customer": True}
        answers = await asyncio.gather(
            manager.post(f"/chances/{chance.id}/succeed", json=won),
            manager.post(f"/chances/{chance.id}/fail", json={"reason": "price"}),
            manager.post(f"/chances/{chance.id}/succeed", json=won),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409], [a.text for a in answers]
        assert (await manager.get("/customers")).json()["total"] <= 1


async def test_a_key_whose_commit_failed_is_free_again(
    app: FastAPI, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = KithSession.commit

    def broken(session: KithSession) -> None:
        session.flush()
        raise OSError("the database went away")

    async with patient(app, team.manager) as manager:
        monkeypatch.setattr(KithSession, "commit", broken)
        lost = await manager.post("/chances", json=NEW, headers={"Idempotency-Key": "k"})
        monkeypatch.setattr(KithSession, "commit", real)
        done = await manager.post("/chances", json=NEW, headers={"Idempotency-Key": "k"})
        assert (lost.status_code, done.status_code, "idempotent-replay" in done.headers) == (503, 201, False)
        assert (await manager.get("/chances")).json()["total"] == 1


async def test_a_key_is_the_caller_s_own(app: FastAPI, team: Team) -> None:
    headers = {"Idempotency-Key": "shared"}
    async with patient(app, team.manager) as one, patient(app, team.colleague) as two:
        mine, theirs = [await http.post("/chances", json=NEW, headers=headers) for http in (one, two)]
        assert mine.json()["id"] != theirs.json()["id"]
        assert theirs.json()["creator"]["name"] == "小红"


async def test_of_two_near_names_at_once_one_is_told(app: FastAPI, team: Team, make: Make) -> None:
    renamed = await make.customer(team.manager, "红海贸易有限公司")
    await make.session.commit()
    async with patient(app, team.manager) as manager:
        for n in "甲乙丙丁戊":
            short, long = f"{n}海蓝天软件科技有限公司", f"{n}海蓝天软件科技发展有限公司"
            other = (
                manager.patch(f"/customers/{renamed.id}", json={"name": long}, headers={"If-Match": '"1"'})
                if n == "甲"
                else manager.post("/customers", json={"name": long})
            )
            answers = await asyncio.gather(manager.post("/customers", json={"name": short}), other)
            told = [answer.json().get("type") for answer in answers if answer.status_code == 409]
            assert told == ["/problems/duplicate-customer"], [answer.text for answer in answers]


async def test_of_two_imports_of_one_file_at_once_one_finds_everything_there(
    app: FastAPI, team: Team, make: Make
) -> None:
    await make.user("manager", external_id="m")
    await make.session.commit()
    rows = [
        {"external_id": f"f{n}", "name": f"文件里的客户{n}科技有限公司", "manager_external_id": "m"} for n in range(50)
    ]
    async with patient(app, team.admin) as one, patient(app, team.admin) as two:
        for n, order in enumerate((rows, rows[::-1])):
            batches = [
                {"rows": [row | {"external_id": f"{n}{row['external_id']}"} for row in given]}
                for given in (rows, order)
            ]
            answers = await asyncio.gather(
                *(http.post("/imports/customers", json=batch) for http, batch in zip((one, two), batches, strict=True))
            )
            assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
            outcomes = [{row["outcome"] for row in answer.json()["results"]} for answer in answers]
            assert {"created"} in outcomes
            assert {"unchanged"} in outcomes


async def test_of_two_imports_of_near_names_at_once_one_is_refused(app: FastAPI, team: Team, make: Make) -> None:
    await make.user("manager", external_id="m")
    await make.session.commit()
    async with patient(app, team.admin) as one, patient(app, team.admin) as two:
        for n in "甲乙丙丁戊":
            names = f"{n}海蓝天软件科技有限公司", f"{n}海蓝天软件科技发展有限公司"
            rows = [{"external_id": name, "name": name, "manager_external_id": "m"} for name in names]
            sent = ({"rows": [row], "on_twin": "refuse"} for row in rows)
            answers = await asyncio.gather(
                *(http.post("/imports/customers", json=body) for http, body in zip((one, two), sent, strict=True))
            )
            outcomes = sorted(answer.json()["results"][0]["outcome"] for answer in answers)
            assert outcomes == ["created", "refused"], [answer.text for answer in answers]


async def test_an_import_beside_a_create_of_a_near_name_makes_one(app: FastAPI, team: Team, make: Make) -> None:
    await make.user("manager", external_id="m")
    await make.session.commit()
    async with patient(app, team.admin) as one, patient(app, team.manager) as two:
        for n in "甲乙丙丁戊":
            short, long = f"{n}江软件科技有限公司", f"{n}江软件科技发展有限公司"
            row = {"external_id": long, "name": long, "manager_external_id": "m"}
            imported, created = await asyncio.gather(
                one.post("/imports/customers", json={"rows": [row], "on_twin": "refuse"}),
                two.post("/customers", json={"name": short}),
            )
            made = [imported.json()["results"][0]["outcome"] == "created", created.status_code == 201]
            assert sorted(made) == [False, True], (imported.text, created.text)
