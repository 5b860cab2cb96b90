"""Activities over HTTP."""

from collections.abc import Callable
from datetime import timedelta

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}


class TestLog:
    async def test_it_moves_last_contact_and_next_step_without_a_new_version(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
        manager, soon = as_(team.manager), (make.ctx.now + timedelta(days=2)).isoformat()
        body = {"chance_id": chance.id, "title": "电话沟通", "next_step": "报价", "next_at": soon}
        written = await manager.post("/activities", json=body)
        assert written.status_code == 201
        assert (written.json()["kind"], written.json()["customer"]["id"]) == ("phone", customer.id)
        for path in (f"/customers/{customer.id}", f"/chances/{chance.id}"):
            seen = (await manager.get(path)).json()
            assert seen["last_activity_at"] is not None
            assert seen["next_at"] is not None
            assert seen["version"] == 1

    async def test_taking_it_back_moves_them_back(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        manager = as_(team.manager)
        earlier = (make.ctx.now - timedelta(days=5)).isoformat()
        await manager.post("/activities", json={"customer_id": customer.id, "title": "早", "at": earlier})
        late = (await manager.post("/activities", json={"customer_id": customer.id, "title": "晚"})).json()
        await manager.delete(f"/activities/{late['id']}", headers=MATCH)
        seen = (await manager.get(f"/customers/{customer.id}")).json()["last_activity_at"]
        assert seen[:10] == earlier[:10]

    async def test_only_its_writer_changes_it(self, team: Team, as_: As, make: Make) -> None:
        activity = await make.activity(await make.customer(team.manager), team.manager)
        boss = await as_(team.supervisor).patch(f"/activities/{activity.id}", json={"title": "改"}, headers=MATCH)
        mine = await as_(team.manager).patch(f"/activities/{activity.id}", json={"title": "改"}, headers=MATCH)
        assert (boss.status_code, mine.status_code) == (403, 200)

    async def test_refusals_name_the_field(self, team: Team, as_: As, make: Make) -> None:
        customer, other = await make.customer(team.manager), await make.customer(team.manager)
        hidden = await make.customer(team.stranger)
        lead = await make.chance(team.manager, team.manager)
        contact = await make.linkman(other)
        base = {"customer_id": customer.id, "title": "电话"}
        later = (make.ctx.now + timedelta(days=1)).isoformat()
        cases = {
            "/at": base | {"at": later},
            "/kind": base | {"kind": "pigeon"},
            "/linkman_id": base | {"linkman_id": contact.id},
            "/customer_id": base | {"customer_id": hidden.id},
            "/chance_id": base | {"chance_id": lead.id},
            "/title": base | {"title": ""},
        }
        for pointer, body in cases.items():
            answer = await as_(team.manager).post("/activities", json=body)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_days_are_those_of_the_company(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    # In Shanghai, 2026-03-05 begins at 16:00 UTC of the day before.
    for title, at in (("前", "2026-03-04T15:59:59Z"), ("始", "2026-03-04T16:00:00Z"), ("末", "2026-03-05T15:59:59Z")):
        body = {"customer_id": customer.id, "title": title, "at": at}
        assert (await as_(team.manager).post("/activities", json=body)).status_code == 201
    found = (await as_(team.manager).get("/activities?at_from=2026-03-05&at_to=2026-03-05")).json()["items"]
    assert [row["title"] for row in found] == ["末", "始"]
    assert len((await as_(team.manager).get("/activities?at_to=2026-03-05")).json()["items"]) == 3
    log = (await as_(team.admin).get(f"/audit?at_from={make.today}&at_to={make.today}&entity=activities")).json()
    assert len(log["items"]) == 3
    yesterday = make.today - timedelta(days=1)
    assert (await as_(team.admin).get(f"/audit?at_to={yesterday}&entity=activities")).json()["items"] == []


async def test_the_log_finds_a_record_by_its_number_or_id(team: Team, as_: As) -> None:
    made = (await as_(team.manager).post("/customers", json={"name": "编号科技"})).json()
    admin = as_(team.admin)
    for q in (made["number"], made["number"].lower(), str(made["id"])):
        found = (await admin.get("/audit", params={"q": q, "entity": "customers"})).json()["items"]
        assert {row["entity_id"] for row in found} == {made["id"]}, q
    assert (await admin.get("/audit?q=KH0")).json()["items"] == []
