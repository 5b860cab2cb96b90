"""Chances over HTTP: record, list, change, delete; each with its refusals."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from httpx import Response

from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NEW = {"title": "服务器采购", "customer_name": "华为技术有限公司", "source": "phone", "amount": "120000.50"}


def pointers(answer: Response) -> set[str]:
    return {error["pointer"] for error in answer.json()["errors"]}


class TestCreate:
    async def test_a_new_chance_is_unassigned_in_the_first_stage(self, team: Team, as_: As, make: Make) -> None:
        answer = await as_(team.manager).post("/chances", json=NEW)
        assert answer.status_code == 201
        chance = answer.json()
        assert chance["status"] == "unassigned"
        assert chance["stage"]["name"] == "初步接触"
        assert (chance["rate"], chance["rate_is_manual"], chance["amount"]) == (10, False, "120000.50")
        assert chance["creator"]["name"] == "小明"
        assert chance["number"].startswith(f"JH{make.today:%Y%m%d}")
        assert answer.headers["etag"] == '"1"'

    async def test_an_executive_may_not(self, team: Team, as_: As) -> None:
        answer = await as_(team.executive).post("/chances", json=NEW)
        assert answer.status_code == 403
        assert (await as_(team.executive).get("/chances")).json()["total"] == 0

    async def test_nobody_may_not(self, client: Client) -> None:
        answer = await client.post("/api/v1/chances", json=NEW)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"title": " "}, "/title"),
            ({"amount": "-1"}, "/amount"),
            ({"amount": "1e20"}, "/amount"),
            ({"rate": 101}, "/rate"),
            ({"source": "moon"}, "/source"),
            ({"customer_name": None}, "/customer_name"),
            ({"customer_id": 999_999}, "/customer_id"),
            ({"product_id": 999_999}, "/product_id"),
            ({"expected_close_date": "2026-02-30"}, "/expected_close_date"),
            ({"unknown": 1}, "/unknown"),
            ({"proposed_id": 999_999}, "/proposed_id"),
        ],
    )
    async def test_bad_values_are_told_at_their_field(
        self, change: dict[str, object], pointer: str, team: Team, as_: As
    ) -> None:
        answer = await as_(team.manager).post("/chances", json=NEW | change)
        assert answer.status_code == 422
        assert pointers(answer) == {pointer}

    async def test_a_colleague_s_customer_cannot_be_named(self, team: Team, as_: As, make: Make) -> None:
        hidden = await make.customer(team.stranger)
        answer = await as_(team.manager).post("/chances", json=NEW | {"customer_id": hidden.id})
        absent = await as_(team.manager).post("/chances", json=NEW | {"customer_id": 999_999})
        assert answer.status_code == 422
        assert answer.json()["errors"] == absent.json()["errors"]

    async def test_an_existing_customer_s_name_is_taken_over(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, "中兴通讯")
        chance = (await as_(team.manager).post("/chances", json=NEW | {"customer_id": customer.id})).json()
        assert (chance["customer_name"], chance["customer"]) == ("中兴通讯", {"id": customer.id, "name": "中兴通讯"})

    async def test_a_repeated_post_is_answered_and_not_done_twice(self, team: Team, as_: As) -> None:
        manager, key = as_(team.manager), {"Idempotency-Key": "abc"}
        first = await manager.post("/chances", json=NEW, headers=key)
        again = await manager.post("/chances", json=NEW, headers=key)
        other = await manager.post("/chances", json=NEW | {"title": "另一个"}, headers=key)
        assert again.json() == first.json()
        assert (again.status_code, again.headers["idempotent-replay"]) == (201, "true")
        assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
        assert (await manager.get("/chances")).json()["total"] == 1

    async def test_a_refusal_frees_the_key(self, team: Team, as_: As) -> None:
        manager, key = as_(team.manager), {"Idempotency-Key": "abc"}
        assert (await manager.post("/chances", json=NEW | {"source": "moon"}, headers=key)).status_code == 422
        assert (await manager.post("/chances", json=NEW, headers=key)).status_code == 201

    async def test_a_body_over_a_mebibyte_is_413(self, team: Team, as_: As) -> None:
        answer = await as_(team.manager).post("/chances", json=NEW | {"description": "x" * 1_100_000})
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/payload-too-large")


class TestList:
    async def test_filters_and_tabs_find_their_rows(self, team: Team, as_: As, make: Make) -> None:
        me, today = team.manager, make.today
        old = make.ctx.now - timedelta(days=20)
        ids = {
            "open": (await make.chance(me, me, title="云平台", amount=Decimal(50), importance="high")).id,
            "new": (await make.chance(me, title="网络设备")).id,
            "won": (await make.chance(me, me, status="succeeded", closed_on=today, close_value=Decimal(5))).id,
            "lost": (await make.chance(team.supervisor, me, status="failed", closed_on=today)).id,
            "due": (await make.chance(me, me, expected_close_date=today, assigned_at=old)).id,
        }
        expected = {
            "tab=mine": {"open", "due"},
            "tab=created": {"open", "new", "won", "due"},
            "tab=unassigned": {"new"},
            "tab=due": {"due"},
            "tab=stale": {"due"},
            "tab=succeeded": {"won"},
            "tab=failed": {"lost"},
            "status=assigned&status=unassigned": {"open", "due", "new"},
            "importance=high": {"open"},
            "min_amount=50&max_amount=50": {"open"},
            "q=云平": {"open"},
            "q=网络设备": {"new"},
            "q=不存在": set(),
            f"assignee_id={me.id}": {"open", "won", "lost", "due"},
            f"creator_id={team.supervisor.id}": {"lost"},
        }
        client = as_(me)
        for query, wanted in expected.items():
            found = {row["id"] for row in (await client.get(f"/chances?{query}")).json()["items"]}
            assert found == {ids[name] for name in wanted}, query

    @pytest.mark.parametrize("query", ["colour=red", "limit=0", "limit=201", "sort=colour", "cursor=x", "tab=none"])
    async def test_unknown_questions_are_422(self, query: str, team: Team, as_: As) -> None:
        answer = await as_(team.manager).get(f"/chances?{query}")
        assert answer.status_code == 422
        assert pointers(answer) == {f"/{query.split('=', maxsplit=1)[0]}"}

    async def test_a_cursor_of_another_filter_is_refused(self, team: Team, as_: As, make: Make) -> None:
        for _ in range(3):
            await make.chance(team.manager)
        client = as_(team.manager)
        cursor = (await client.get("/chances?limit=1")).json()["next_cursor"]
        assert (await client.get(f"/chances?limit=1&cursor={cursor}")).status_code == 200
        assert (await client.get(f"/chances?limit=1&cursor={cursor}&q=机会")).status_code == 422
        assert (await client.get(f"/chances?limit=1&cursor={cursor}&sort=title")).status_code == 422


class TestDetail:
    async def test_a_creator_still_reads_what_others_work_on(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.colleague)
        seen = (await as_(team.manager).get(f"/chances/{chance.id}")).json()
        assert seen["assignee"]["name"] == "小红"
        assert seen["allowed_actions"] == []

    async def test_allowed_actions_follow_state_and_person(self, team: Team, as_: As, make: Make) -> None:
        mine, unassigned = await make.chance(team.supervisor, team.manager), await make.chance(team.manager)

        async def actions(person: object, chance: Chance) -> set[str]:
            return set((await as_(person).get(f"/chances/{chance.id}")).json()["allowed_actions"])

        assert await actions(team.manager, mine) == {"update", "move", "succeed", "fail", "plan", "execute"}
        assert await actions(team.supervisor, mine) == {"update", "move", "reassign", "take_back", "plan"}
        assert await actions(team.manager, unassigned) == {"update", "move", "delete", "propose"}
        assert await actions(team.supervisor, unassigned) == {"update", "move", "assign"}
        assert await actions(team.executive, mine) == set()

    async def test_a_customer_out_of_scope_is_null(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.stranger)
        chance = await make.chance(team.manager, team.colleague, customer_id=customer.id)
        assert (await as_(team.manager).get(f"/chances/{chance.id}")).json()["customer"] is None
        assert (await as_(team.colleague).get(f"/chances/{chance.id}")).json()["customer"]["id"] == customer.id


class TestUpdate:
    async def test_a_change_answers_the_new_version(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        answer = await as_(team.manager).patch(
            f"/chances/{chance.id}", json={"amount": "7.00", "linkman": "王五"}, headers={"If-Match": '"1"'}
        )
        assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
        assert (answer.json()["amount"], answer.json()["linkman"], answer.json()["title"]) == (
            "7.00",
            "王五",
            chance.title,
        )

    async def test_a_customer_that_is_chosen_gives_its_name(self, team: Team, as_: As, make: Make) -> None:
        chance, customer = await make.chance(team.manager, team.manager), await make.customer(team.manager, "中兴通讯")
        body, match = {"customer_id": customer.id}, {"If-Match": '"1"'}
        changed = await as_(team.manager).patch(f"/chances/{chance.id}", json=body, headers=match)
        assert (changed.status_code, changed.json()["customer_name"]) == (200, "中兴通讯")

    async def test_without_a_version_it_is_428_with_an_old_one_412(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        manager = as_(team.manager)
        assert (await manager.patch(f"/chances/{chance.id}", json={"title": "甲"})).status_code == 428
        await manager.patch(f"/chances/{chance.id}", json={"title": "甲"}, headers={"If-Match": '"1"'})
        stale = await manager.patch(f"/chances/{chance.id}", json={"title": "乙"}, headers={"If-Match": 'W/"1"'})
        assert (stale.status_code, stale.json()["version"]) == (412, 2)
        assert (await manager.get(f"/chances/{chance.id}")).json()["title"] == "甲"

    async def test_a_closed_chance_is_frozen(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager, status="failed", closed_on=make.today)
        answer = await as_(team.manager).patch(
            f"/chances/{chance.id}", json={"title": "甲"}, headers={"If-Match": '"1"'}
        )
        assert (answer.status_code, answer.json()["state"]) == (409, "failed")
        assert answer.json()["allowed"] == []  # who may reopen it is somebody else

    async def test_a_creator_may_not_change_what_is_assigned_to_another(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.colleague)
        answer = await as_(team.manager).patch(
            f"/chances/{chance.id}", json={"title": "甲"}, headers={"If-Match": '"1"'}
        )
        assert answer.status_code == 403


class TestDelete:
    async def test_it_goes_to_the_bin_and_comes_back(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        manager = as_(team.manager)
        assert (await manager.delete(f"/chances/{chance.id}", headers={"If-Match": '"1"'})).status_code == 204
        assert (await manager.get(f"/chances/{chance.id}")).status_code == 404
        bin_ = (await manager.get("/recycle-bin?type=chances")).json()["items"]
        assert [(row["id"], row["deleted_by"]["name"]) for row in bin_] == [(chance.id, "小明")]
        assert (await as_(team.stranger).post(f"/chances/{chance.id}/restore")).status_code == 404
        assert (await manager.post(f"/chances/{chance.id}/restore")).status_code == 200
        assert (await manager.get("/chances")).json()["total"] == 1

    async def test_an_assigned_chance_stays(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager)
        answer = await as_(team.manager).delete(f"/chances/{chance.id}", headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["state"]) == (409, "assigned")

    async def test_only_its_creator_may(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        answer = await as_(team.supervisor).delete(f"/chances/{chance.id}", headers={"If-Match": '"1"'})
        assert answer.status_code == 403
