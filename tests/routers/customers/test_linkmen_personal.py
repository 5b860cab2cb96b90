"""The personal facts of contacts: who sees them, who writes them, and that erasing them erases them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Text, cast, func, select

from app.models.base.audit import LogEntry
from app.models.customers.linkmen import PERSONAL, Linkman
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
MATCH = {"If-Match": '"1"'}
NOTHING = dict.fromkeys(PERSONAL)
ERASED = {name: [None, None] for name in PERSONAL}
FACTS = {
    "birthday": "1980-05-17", "anniversary": "2006-10-01", "education": "浙江大学硕士", "career": "曾任华为采购经理",
    "hobby": "围棋", "family": "两个女儿", "background": "清华校友",
}  # fmt: skip
WORDS = ("education", "career", "background")
READS = ("customers:read", "linkmen:read")
RIGHT = "linkmen:personal"


async def a_contact(team: Team, as_: As, make: Make, **facts: Any) -> int:
    """Let the manager write down a contact with all personal facts."""
    customer = await make.customer(team.manager)
    body = {"customer_id": customer.id, "name": "沈建国", **FACTS, **facts}
    answer = await as_(team.manager).post("/linkmen", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def told(detail: dict[str, Any]) -> dict[str, Any]:
    return {name: detail[name] for name in PERSONAL}


async def in_the_log(make: Make, *more: str) -> set[str]:
    """Return which of the facts (and of `more`) the log still tells, whoever asks."""
    changes = select(func.string_agg(cast(LogEntry.changes, Text), " ")).where(LogEntry.entity == "linkmen")
    text = await make.session.scalar(changes)
    return {value for value in (*FACTS.values(), *more) if value in text}


class TestWhoSees:
    async def test_who_works_with_the_customer(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        for person in (team.manager, team.supervisor):
            detail = (await as_(person).get(f"/linkmen/{contact}")).json()
            assert (told(detail), detail["personal"], "erase" in detail["allowed_actions"]) == (FACTS, True, True)

    async def test_an_executive_reads_the_contact_without_them(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make, mobile="13800000001", memo="爱喝茶")
        detail = (await as_(team.executive).get(f"/linkmen/{contact}")).json()
        assert (told(detail), detail["personal"], detail["allowed_actions"]) == (NOTHING, False, [])
        assert (detail["mobile"], detail["memo"]) == ("13800000001", "爱喝茶")

    async def test_working_on_a_chance_does_not_show_them(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.colleague)
        await make.chance(team.supervisor, team.manager, customer_id=customer.id)
        contact = await make.linkman(customer, hobby="围棋")
        detail = (await as_(team.manager).get(f"/linkmen/{contact.id}")).json()
        assert (detail["hobby"], detail["personal"]) == (None, False)

    async def test_a_right_with_a_narrow_reach_shows_those_within_it(self, team: Team, as_: As, make: Make) -> None:
        person = await with_rights(make, team, all=READS, own=(RIGHT,))
        mine = await make.linkman(await make.customer(person), hobby="围棋")
        other = await make.linkman(await make.customer(team.manager), hobby="钓鱼")
        client = as_(person)
        shown = [(await client.get(f"/linkmen/{one.id}")).json() for one in (mine, other)]
        assert [(one["hobby"], one["personal"]) for one in shown] == [("围棋", True), (None, False)]

    async def test_lists_do_not_carry_them_and_no_search_finds_by_them(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        for person in (team.manager, team.executive):
            client = as_(person)
            rows = (await client.get("/linkmen")).json()["items"]
            assert [row["id"] for row in rows] == [contact]
            assert rows[0].keys().isdisjoint(PERSONAL)
            for text in ("围棋", "女儿", "清华", "1980-05-17", "19800517", "2006-10-01", "浙江大学", "华为"):
                assert (await client.get("/linkmen", params={"q": text})).json()["items"] == [], text


class TestHistory:
    async def test_it_leaves_them_out_for_who_may_not_see_them(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        for version, body in enumerate(({"hobby": "钓鱼"}, {"family": None, "memo": "已核对"}), start=1):
            headers = {"If-Match": f'"{version}"'}
            await as_(team.manager).patch(f"/linkmen/{contact}", json=body, headers=headers)
        pages = [(await as_(p).get(f"/linkmen/{contact}/history")).json() for p in (team.manager, team.executive)]
        whole, filtered = ([row["changes"] for row in page["items"]] for page in pages)
        assert [page["total"] for page in pages] == [3, 2]
        assert whole[:2] == [{"family": ["两个女儿", None], "memo": [None, "已核对"]}, {"hobby": ["围棋", "钓鱼"]}]
        assert filtered[0] == {"memo": [None, "已核对"]}
        assert filtered[1]["name"] == [None, "沈建国"]
        assert filtered[1].keys().isdisjoint(PERSONAL)

    async def test_the_whole_log_names_them_without_their_values(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        log = (await as_(team.admin).get(f"/audit?entity=linkmen&entity_id={contact}")).json()["items"]
        assert [row["changes"]["name"] for row in log] == [[None, "沈建国"]]
        assert {name: log[0]["changes"][name] for name in PERSONAL} == ERASED

    async def test_the_whole_log_for_who_may_see_all_of_them(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        auditor = await with_rights(make, team, all=("audit:read", RIGHT))
        log = (await as_(auditor).get(f"/audit?entity=linkmen&entity_id={contact}")).json()["items"]
        assert log[0]["changes"]["hobby"] == [None, "围棋"]


class TestWrite:
    async def test_a_refused_write_changes_nothing(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        clerk = as_(await with_rights(make, team, all=(*READS, "linkmen:write")))
        for fact in ({"hobby": "钓鱼"}, {"birthday": None}, {"family": "一个儿子"}, *({name: ""} for name in WORDS)):
            answer = await clerk.patch(f"/linkmen/{contact}", json={"memo": "改", **fact}, headers=MATCH)
            assert (answer.status_code, answer.json()["right"]) == (403, RIGHT), fact
        detail = (await as_(team.manager).get(f"/linkmen/{contact}")).json()
        assert (told(detail), detail["memo"], detail["version"]) == (FACTS, None, 1)

    async def test_the_other_facts_can_be_written_without_the_right(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        clerk = as_(await with_rights(make, team, all=(*READS, "linkmen:write")))
        answer = await clerk.patch(f"/linkmen/{contact}", json={"memo": "改"}, headers=MATCH)
        assert (answer.status_code, answer.json()["memo"], told(answer.json())) == (200, "改", NOTHING)
        assert told((await as_(team.manager).get(f"/linkmen/{contact}")).json()) == FACTS

    async def test_a_new_contact_with_them_needs_the_right(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        clerk = as_(await with_rights(make, team, all=(*READS, "linkmen:write"), own=(RIGHT,)))
        body = {"customer_id": customer.id, "name": "甲"}
        refused = await clerk.post("/linkmen", json={**body, "hobby": "围棋"})
        assert (refused.status_code, refused.json()["right"]) == (403, RIGHT)
        assert (await clerk.get("/linkmen")).json()["total"] == 0
        assert (await clerk.post("/linkmen", json={**body, **NOTHING})).status_code == 201

    async def test_an_import_brings_them_in_and_does_not_tell_them(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager, external_id="c1")
        row = {"external_id": "l1", "customer_external_id": "c1", "name": "沈建国", **FACTS}
        admin = as_(team.admin)
        answer = await admin.post("/imports/linkmen", json={"rows": [row]})
        assert answer.json()["results"][0]["outcome"] == "created"
        told_to_admin = answer.text + (await admin.get("/audit")).text
        assert [value for value in FACTS.values() if value in told_to_admin] == []
        contact = answer.json()["results"][0]["id"]
        assert told((await as_(team.manager).get(f"/linkmen/{contact}")).json()) == FACTS


class TestErase:
    async def test_it_clears_them_in_the_contact_and_in_its_log(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make, memo="爱喝茶")
        manager = as_(team.manager)
        await manager.patch(f"/linkmen/{contact}", json={"hobby": "钓鱼"}, headers=MATCH)
        answer = await manager.post(f"/linkmen/{contact}/erase", headers={"If-Match": '"2"'})
        detail = answer.json()
        assert (answer.status_code, told(detail), detail["memo"], detail["version"]) == (200, NOTHING, "爱喝茶", 3)
        assert detail["allowed_actions"] == ["update", "delete", "move"]
        log = (await manager.get(f"/linkmen/{contact}/history")).json()["items"]
        assert [row["action"] for row in log] == ["erase", "update", "update", "create"]
        assert [row["changes"] for row in log[:3]] == [ERASED, ERASED, {"hobby": [None, None]}]
        assert {name: log[3]["changes"][name] for name in (*PERSONAL, "memo")} == ERASED | {"memo": [None, "爱喝茶"]}
        assert await in_the_log(make, "钓鱼") == set()

    async def test_only_this_contact_s(self, team: Team, as_: As, make: Make) -> None:
        contact, other = await a_contact(team, as_, make), await a_contact(team, as_, make)
        assert (await as_(team.manager).post(f"/linkmen/{contact}/erase")).status_code == 200
        assert told((await as_(team.manager).get(f"/linkmen/{other}")).json()) == FACTS
        assert await in_the_log(make) == set(FACTS.values())

    async def test_what_was_cleared_by_hand_can_still_be_erased(self, team: Team, as_: As, make: Make) -> None:
        contact, manager = await a_contact(team, as_, make), as_(team.manager)
        cleared = (await manager.patch(f"/linkmen/{contact}", json=NOTHING, headers=MATCH)).json()
        assert "erase" in cleared["allowed_actions"]
        assert await in_the_log(make) == set(FACTS.values())
        erased = (await manager.post(f"/linkmen/{contact}/erase")).json()
        assert "erase" not in erased["allowed_actions"]
        log = (await manager.get(f"/linkmen/{contact}/history")).json()["items"]
        assert (log[0]["action"], log[0]["changes"]) == ("erase", ERASED)
        assert await in_the_log(make) == set()

    async def test_where_there_is_nothing_nothing_happens(self, team: Team, as_: As, make: Make) -> None:
        contact, manager = await make.linkman(await make.customer(team.manager)), as_(team.manager)
        assert (await manager.get(f"/linkmen/{contact.id}")).json()["allowed_actions"] == ["update", "delete", "move"]
        answer = await manager.post(f"/linkmen/{contact.id}/erase")
        assert (answer.status_code, answer.json()["version"]) == (200, 1)
        log = (await manager.get(f"/linkmen/{contact.id}/history")).json()["items"]
        assert [row["action"] for row in log] == ["create"]

    async def test_refused(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        clerk = await with_rights(make, team, all=(*READS, "linkmen:write"), own=(RIGHT,))
        reader = await with_rights(make, team, department=(*READS, RIGHT))
        url, answers = f"/linkmen/{contact}/erase", {}
        for name, person in {"executive": team.executive, "clerk": clerk, "reader": reader}.items():
            answers[name] = (await as_(person).post(url)).json()
        assert {name: (one["status"], one["right"]) for name, one in answers.items()} == {
            "executive": (403, RIGHT), "clerk": (403, RIGHT), "reader": (403, "linkmen:write"),
        }  # fmt: skip
        assert (await as_(team.stranger).post(url)).status_code == 404
        assert (await as_(team.manager).post(url, headers={"If-Match": '"7"'})).status_code == 412
        assert told((await as_(team.manager).get(f"/linkmen/{contact}")).json()) == FACTS
        assert await in_the_log(make) == set(FACTS.values())

    async def test_not_in_the_recycle_bin(self, team: Team, as_: As, make: Make) -> None:
        contact, manager = await a_contact(team, as_, make), as_(team.manager)
        await manager.delete(f"/linkmen/{contact}", headers=MATCH)
        assert (await manager.post(f"/linkmen/{contact}/erase")).status_code == 404
        assert (await manager.post(f"/linkmen/{contact}/restore")).json()["hobby"] == "围棋"

    async def test_the_rows_of_the_database(self, team: Team, as_: As, make: Make) -> None:
        contact = await a_contact(team, as_, make)
        await as_(team.supervisor).post(f"/linkmen/{contact}/erase")
        columns = [getattr(Linkman, name) for name in PERSONAL]
        row = await make.session.execute(select(*columns).where(Linkman.id == contact).execution_options(scoped="test"))
        assert set(row.one()) == {None}
