"""Contacts over HTTP."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}


class TestWrite:
    async def test_the_first_contact_is_the_primary_one(self, team: Team, as_: As, make: Make) -> None:
        customer, manager = await make.customer(team.manager), as_(team.manager)
        first = (await manager.post("/linkmen", json={"customer_id": customer.id, "name": "甲"})).json()
        second = (await manager.post("/linkmen", json={"customer_id": customer.id, "name": "乙"})).json()
        assert (first["is_primary"], second["is_primary"]) == (True, False)
        promoted = await manager.patch(f"/linkmen/{second['id']}", json={"is_primary": True}, headers=MATCH)
        assert promoted.json()["is_primary"] is True
        assert (await manager.get(f"/linkmen/{first['id']}")).json()["is_primary"] is False

    async def test_who_left_is_marked_and_no_longer_primary(self, team: Team, as_: As, make: Make) -> None:
        contact = await make.linkman(await make.customer(team.manager), is_primary=True)
        gone = (await as_(team.manager).patch(f"/linkmen/{contact.id}", json={"status": "left"}, headers=MATCH)).json()
        assert (gone["status"], gone["is_primary"], gone["left_at"] is not None) == ("left", False, True)

    async def test_nobody_reports_in_a_circle_or_across_companies(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        boss = await make.linkman(customer, "老板")
        clerk = await make.linkman(customer, "职员", superior_id=boss.id)
        other = await make.linkman(await make.customer(team.manager), "别家")
        manager = as_(team.manager)
        circle = await manager.patch(f"/linkmen/{boss.id}", json={"superior_id": clerk.id}, headers=MATCH)
        across = await manager.patch(f"/linkmen/{clerk.id}", json={"superior_id": other.id}, headers=MATCH)
        oneself = await manager.patch(f"/linkmen/{boss.id}", json={"superior_id": boss.id}, headers=MATCH)
        assert [a.json()["errors"][0]["code"] for a in (circle, across, oneself)] == [
            "circle",
            "other_customer",
            "circle",
        ]

    async def test_a_colleague_s_customer_gets_no_contact(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague)
        answer = await as_(team.manager).post("/linkmen", json={"customer_id": customer.id, "name": "甲"})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/customer_id")

    async def test_working_on_a_chance_does_not_allow_contacts(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague)
        await make.chance(team.supervisor, team.manager, customer_id=customer.id)
        answer = await as_(team.manager).post("/linkmen", json={"customer_id": customer.id, "name": "甲"})
        assert answer.status_code == 403

    async def test_restoring_brings_back_who_reported_and_that_it_was_primary(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customer = await make.customer(team.manager)
        boss = await make.linkman(customer, "王总", is_primary=True)
        below = await make.linkman(customer, "小李", superior_id=boss.id)
        manager = as_(team.manager)

        async def seen(person: Any) -> tuple[bool, Any]:
            row = (await manager.get(f"/linkmen/{person.id}")).json()
            return row["is_primary"], row["superior"] and row["superior"]["name"]

        await manager.delete(f"/linkmen/{boss.id}", headers=MATCH)
        assert await seen(below) == (False, None)
        await manager.post(f"/linkmen/{boss.id}/restore")
        assert (await seen(boss), await seen(below)) == ((True, None), (False, "王总"))
        await manager.delete(f"/linkmen/{boss.id}", headers={"If-Match": '"3"'})
        await manager.patch(f"/linkmen/{below.id}", json={"is_primary": True}, headers=MATCH)
        await manager.post(f"/linkmen/{boss.id}/restore")
        assert (await seen(boss), await seen(below)) == ((False, None), (True, "王总"))

    async def test_deleting_a_superior_frees_who_reported(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        boss = await make.linkman(customer, "老板")
        clerk = await make.linkman(customer, "职员", superior_id=boss.id)
        manager = as_(team.manager)
        assert (await manager.delete(f"/linkmen/{boss.id}", headers=MATCH)).status_code == 204
        assert (await manager.get(f"/linkmen/{clerk.id}")).json()["superior"] is None
        assert (await manager.post(f"/linkmen/{boss.id}/restore")).status_code == 200


class TestFind:
    async def test_by_the_tail_of_a_phone_and_by_name(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        one = await make.linkman(customer, "欧阳小敏", mobile="13800004567")
        two = await make.linkman(customer, "王五", tel="021-5554567")
        manager = as_(team.manager)
        expected = {"4567": {one.id, two.id}, "00004567": {one.id}, "阳小": {one.id}, "1380": set(), "王": {two.id}}
        for text, ids in expected.items():
            found = (await manager.get("/linkmen", params={"q": text})).json()["items"]
            assert {row["id"] for row in found} == ids, text
