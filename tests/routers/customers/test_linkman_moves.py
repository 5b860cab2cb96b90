"""Contacts that go to another customer, or work for several: what goes along, who sees the way, what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.models.customers.linkmen import PERSONAL, Linkman
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
REACH = {"sex": "female", "tel": "0591-1", "mobile": "13800000001", "email": "shen@example.com", "wechat": "shen"}
PRIVATE = {
    "birthday": "1980-05-17", "anniversary": "2006-10-01", "education": "硕士", "career": "华为", "hobby": "围棋",
    "family": "两个女儿", "background": "清华校友",
}  # fmt: skip
WRITES = ("customers:read", "linkmen:read", "linkmen:write")


async def a_contact(client: Client, customer_id: int, **facts: Any) -> dict[str, Any]:
    body = {"customer_id": customer_id, "name": "沈建国", **REACH, **facts}
    answer = await client.post("/linkmen", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def way(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the other posts of a contact: customer and status."""
    return [(post["customer"]["name"], post["status"]) for post in row["posts"]]


async def listed(client: Client, customer_id: int) -> list[dict[str, Any]]:
    return (await client.get(f"/linkmen?customer_id={customer_id}")).json()["items"]


class TestMove:
    async def test_the_old_post_is_left_and_the_new_one_reachable(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager, "甲公司"), await make.customer(team.manager, "乙公司")
        manager = as_(team.manager)
        facts = {"position": "经理", "memo": "爱喝茶", "decision_role": "decider", **PRIVATE}
        contact = await a_contact(manager, old.id, **facts)
        answer = await manager.post(f"/linkmen/{contact['id']}/move", json={"customer_id": new.id, "position": "总监"})
        assert answer.status_code == 201, answer.text
        moved = answer.json()
        assert {name: moved[name] for name in REACH | PRIVATE} == REACH | PRIVATE
        assert (moved["name"], moved["position"], moved["customer"]["name"]) == ("沈建国", "总监", "乙公司")
        assert [moved[name] for name in ("memo", "decision_role", "superior")] == [None, None, None]
        assert (moved["status"], moved["is_primary"], moved["version"]) == ("active", True, 1)
        left = (await manager.get(f"/linkmen/{contact['id']}")).json()
        assert (left["status"], left["is_primary"], left["left_at"] is not None) == ("left", False, True)
        assert (left["position"], left["memo"], left["hobby"]) == ("经理", "爱喝茶", "围棋")
        assert (way(left), way(moved)) == ([("乙公司", "active")], [("甲公司", "left")])
        assert moved["posts"][0] == {
            "id": contact["id"], "customer": {"id": old.id, "name": "甲公司"}, "position": "经理", "status": "left",
            "left_at": left["left_at"],
        }  # fmt: skip

    async def test_the_day_of_leaving_may_be_told(self, team: Team, as_: As, make: Make) -> None:
        manager, new = as_(team.manager), await make.customer(team.manager)
        contact = await a_contact(manager, (await make.customer(team.manager)).id)
        body = {"customer_id": new.id, "left_at": "2026-03-01T00:00:00Z"}
        await manager.post(f"/linkmen/{contact['id']}/move", json=body)
        assert (await manager.get(f"/linkmen/{contact['id']}")).json()["left_at"] == "2026-03-01T00:00:00Z"

    async def test_who_had_left_keeps_the_day(self, team: Team, as_: As, make: Make) -> None:
        went = make.ctx.now - timedelta(days=9)
        contact = await make.linkman(await make.customer(team.manager), status="left", left_at=went)
        manager, new = as_(team.manager), await make.customer(team.manager)
        assert (await manager.post(f"/linkmen/{contact.id}/move", json={"customer_id": new.id})).status_code == 201
        found = (await manager.get(f"/linkmen/{contact.id}")).json()
        assert found["left_at"][:19] == went.isoformat()[:19]
        log = (await manager.get(f"/linkmen/{contact.id}/history")).json()["items"]
        assert [(row["action"], row["changes"]) for row in log[:1]] == [("move", {})]
        assert (await as_(team.executive).get(f"/linkmen/{contact.id}/history")).json()["items"][0]["action"] == "move"

    async def test_a_primary_contact_there_stays_it(self, team: Team, as_: As, make: Make) -> None:
        new = await make.customer(team.manager)
        await make.linkman(new, "首要", is_primary=True)
        contact = await make.linkman(await make.customer(team.manager))
        moved = await as_(team.manager).post(f"/linkmen/{contact.id}/move", json={"customer_id": new.id})
        assert moved.json()["is_primary"] is False

    async def test_further_moves_keep_all_posts_together(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        names = ("甲公司", "乙公司", "丙公司", "丁公司")
        places = [await make.customer(team.manager, name) for name in names]
        ids = [(await a_contact(manager, places[0].id))["id"]]
        for place in places[1:]:
            ids.append((await manager.post(f"/linkmen/{ids[-1]}/move", json={"customer_id": place.id})).json()["id"])
        for at, id_ in enumerate(ids):
            found = way((await manager.get(f"/linkmen/{id_}")).json())
            expected = [(name, "active" if name == "丁公司" else "left") for name in names if name != names[at]]
            assert sorted(found) == sorted(expected)
            assert [status for _, status in found] == sorted(status for _, status in found)
        back = await manager.post(f"/linkmen/{ids[-1]}/move", json={"customer_id": places[0].id})
        assert (back.status_code, len(back.json()["posts"])) == (201, 4)

    async def test_posts_name_the_first_one(self, team: Team, as_: As, make: Make) -> None:
        manager = as_(team.manager)
        contact = await make.linkman(await make.customer(team.manager))
        last = contact.id
        for _ in range(3):
            body = {"customer_id": (await make.customer(team.manager)).id}
            last = (await manager.post(f"/linkmen/{last}/move", json=body)).json()["id"]
        statement = select(Linkman.origin_id).where(Linkman.id != contact.id).execution_options(scoped="test")
        assert set(await make.session.scalars(statement)) == {contact.id}

    async def test_lists_tell_the_way_in_one_statement_for_all(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager, "甲公司"), await make.customer(team.manager, "乙公司")
        manager, contact = as_(team.manager), await make.linkman(old)
        await make.linkman(old, "别人")
        await manager.post(f"/linkmen/{contact.id}/move", json={"customer_id": new.id})
        assert {row["name"]: way(row) for row in await listed(manager, old.id)} == {
            "张三": [("乙公司", "active")], "别人": [],
        }  # fmt: skip
        assert [way(row) for row in await listed(manager, new.id)] == [[("甲公司", "left")]]


class TestKeeps:
    async def test_the_old_post_stays_as_it_is(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager, "甲公司"), await make.customer(team.manager, "乙公司")
        manager = as_(team.manager)
        contact = await a_contact(manager, old.id)
        body = {"customer_id": new.id, "keeps": True}
        moved = (await manager.post(f"/linkmen/{contact['id']}/move", json=body)).json()
        kept = (await manager.get(f"/linkmen/{contact['id']}")).json()
        assert {name: kept[name] for name in ("status", "is_primary", "left_at", "version")} == {
            "status": "active", "is_primary": True, "left_at": None, "version": 1,
        }  # fmt: skip
        assert (way(kept), way(moved)) == ([("乙公司", "active")], [("甲公司", "active")])


class TestWhoSeesTheWay:
    async def test_each_end_only_in_scope(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager, "甲公司"), await make.customer(team.colleague, "乙公司")
        contact = await make.linkman(old)
        moved = await as_(team.supervisor).post(f"/linkmen/{contact.id}/move", json={"customer_id": new.id})
        assert way(moved.json()) == [("甲公司", "left")]
        ends = ((team.manager, old, contact.id), (team.colleague, new, moved.json()["id"]))
        for person, customer, id_ in ends:
            client = as_(person)
            detail, rows = await client.get(f"/linkmen/{id_}"), await listed(client, customer.id)
            assert (detail.json()["posts"], [row["posts"] for row in rows]) == ([], [[]])
            texts = detail.text + (await client.get(f"/linkmen/{id_}/history")).text
            assert (new if person is team.manager else old).name not in texts

    async def test_a_post_in_the_recycle_bin_is_not_shown(self, team: Team, as_: As, make: Make) -> None:
        manager, contact = as_(team.manager), await make.linkman(await make.customer(team.manager))
        body = {"customer_id": (await make.customer(team.manager)).id}
        moved = (await manager.post(f"/linkmen/{contact.id}/move", json=body)).json()
        await manager.delete(f"/linkmen/{contact.id}", headers={"If-Match": '"2"'})
        assert (await manager.get(f"/linkmen/{moved['id']}")).json()["posts"] == []

    async def test_activities_of_all_posts_that_may_be_read(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager), await make.customer(team.colleague)
        contact = await make.linkman(old)
        boss = as_(team.supervisor)
        moved = (await boss.post(f"/linkmen/{contact.id}/move", json={"customer_id": new.id})).json()
        before = await make.activity(old, team.manager, linkman_id=contact.id)
        after = await make.activity(new, team.colleague, linkman_id=moved["id"])
        await make.activity(old, team.manager)
        query = f"/activities?linkman_id={contact.id}&linkman_id={moved['id']}"
        for person, expected in (
            (team.supervisor, {before.id, after.id}), (team.manager, {before.id}), (team.colleague, {after.id}),
        ):  # fmt: skip
            assert {row["id"] for row in (await as_(person).get(query)).json()["items"]} == expected
        assert len((await boss.get(f"/activities?linkman_id={contact.id}")).json()["items"]) == 1


class TestPersonalFacts:
    @pytest.mark.parametrize(("old", "new"), [("colleague", "clerk"), ("clerk", "colleague")])
    async def test_they_stay_where_the_right_ends(self, old: str, new: str, team: Team, as_: As, make: Make) -> None:
        clerk = await with_rights(make, team, all=WRITES, own=("linkmen:personal",))
        people = {"clerk": clerk, "colleague": team.colleague}
        contact = await make.linkman(await make.customer(people[old]), hobby="围棋", mobile="13800000001")
        target = await make.customer(people[new])
        moved = (await as_(clerk).post(f"/linkmen/{contact.id}/move", json={"customer_id": target.id})).json()
        seen = (await as_(team.supervisor).get(f"/linkmen/{moved['id']}")).json()
        assert ([seen[name] for name in PERSONAL], seen["mobile"]) == ([None] * len(PERSONAL), "13800000001")
        stays = (await as_(team.supervisor).get(f"/linkmen/{contact.id}")).json()
        assert stays["hobby"] == "围棋"


class TestRefused:
    async def test_at_the_field(self, team: Team, as_: As, make: Make) -> None:
        old, new = await make.customer(team.manager), await make.customer(team.manager)
        hers = await make.customer(team.stranger)
        contact, gone = await make.linkman(old), await make.linkman(old, "走了", status="left", left_at=make.ctx.now)
        later = (make.ctx.now + timedelta(days=1)).isoformat()
        cases: list[tuple[Linkman, dict[str, Any], str, str]] = [
            (contact, {"customer_id": old.id}, "/customer_id", "same_customer"),
            (contact, {"customer_id": old.id, "keeps": True}, "/customer_id", "same_customer"),
            (contact, {"customer_id": hers.id}, "/customer_id", "not_found"),
            (contact, {"customer_id": 999_999}, "/customer_id", "not_found"),
            (contact, {"customer_id": new.id, "left_at": later}, "/left_at", "in_future"),
            (contact, {"customer_id": new.id, "left_at": "2026-01-01T00:00:00Z", "keeps": True}, "/left_at", "keeps"),
            (gone, {"customer_id": new.id, "keeps": True}, "/keeps", "left"),
            (contact, {}, "/customer_id", "missing"),
            (contact, {"customer_id": new.id, "origin_id": 1}, "/origin_id", "extra_forbidden"),
        ]
        manager = as_(team.manager)
        for person, body, pointer, code in cases:
            answer = await manager.post(f"/linkmen/{person.id}/move", json=body)
            error = answer.json()["errors"][0]
            assert (answer.status_code, error["pointer"], error["code"]) == (422, pointer, code), body
        count = select(func.count()).select_from(Linkman).execution_options(scoped="test")
        assert await make.session.scalar(count) == 2
        assert (await manager.get(f"/linkmen/{contact.id}")).json()["version"] == 1

    async def test_where_the_person_works_already(self, team: Team, as_: As, make: Make) -> None:
        one, two = await make.customer(team.manager), await make.customer(team.manager)
        manager, contact = as_(team.manager), await make.linkman(one)
        body = {"customer_id": two.id, "keeps": True}
        other = (await manager.post(f"/linkmen/{contact.id}/move", json=body)).json()
        answers = [
            await manager.post(f"/linkmen/{contact.id}/move", json=body),
            await manager.post(f"/linkmen/{other['id']}/move", json={"customer_id": one.id}),
        ]
        assert [a.json()["errors"][0]["code"] for a in answers] == ["works_there", "works_there"]

    async def test_without_the_right_over_either_end(self, team: Team, as_: As, make: Make) -> None:
        mine, hers = await make.customer(team.manager), await make.customer(team.colleague)
        await make.chance(team.supervisor, team.manager, customer_id=hers.id)
        manager = as_(team.manager)
        away, home = await make.linkman(mine), await make.linkman(hers)
        answers = [
            await manager.post(f"/linkmen/{away.id}/move", json={"customer_id": hers.id}),
            await manager.post(f"/linkmen/{home.id}/move", json={"customer_id": mine.id}),
            await as_(team.executive).post(f"/linkmen/{away.id}/move", json={"customer_id": hers.id}),
        ]
        assert [(a.status_code, a.json()["right"]) for a in answers] == [(403, "linkmen:write")] * 3
        assert (await as_(team.stranger).post(f"/linkmen/{away.id}/move", json={"customer_id": 1})).status_code == 404

    async def test_a_stale_version(self, team: Team, as_: As, make: Make) -> None:
        contact, new = await make.linkman(await make.customer(team.manager)), await make.customer(team.manager)
        url, headers = f"/linkmen/{contact.id}/move", {"If-Match": '"7"'}
        answer = await as_(team.manager).post(url, json={"customer_id": new.id}, headers=headers)
        assert answer.status_code == 412


class TestLog:
    async def test_both_records_tell_what_happened(self, team: Team, as_: As, make: Make) -> None:
        one, two, three = [await make.customer(team.manager) for _ in range(3)]
        manager, contact = as_(team.manager), await make.linkman(one, is_primary=True, mobile="13800000001")
        kept = {"customer_id": two.id, "keeps": True}
        await manager.post(f"/linkmen/{contact.id}/move", json=kept)
        new = (await manager.post(f"/linkmen/{contact.id}/move", json={"customer_id": three.id})).json()
        log = (await manager.get(f"/linkmen/{contact.id}/history")).json()["items"]
        assert [(row["action"], row["actor"] and row["actor"]["name"]) for row in log[:2]] == [("move", "小明")] * 2
        assert {name: log[0]["changes"][name] for name in ("status", "is_primary")} == {
            "status": ["active", "left"], "is_primary": [True, False],
        }  # fmt: skip
        assert log[1]["changes"] == {"keeps": [None, True]}
        made = (await manager.get(f"/linkmen/{new['id']}/history")).json()["items"]
        assert [row["action"] for row in made] == ["create"]
        assert made[0]["changes"]["origin_id"] == [None, contact.id]

    async def test_what_can_be_done_is_offered(self, team: Team, as_: As, make: Make) -> None:
        contact = await make.linkman(await make.customer(team.manager))
        for person, offered in ((team.manager, True), (team.executive, False)):
            detail = (await as_(person).get(f"/linkmen/{contact.id}")).json()
            assert ("move" in detail["allowed_actions"]) is offered
