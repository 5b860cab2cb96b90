"""The life cycle of a chance over HTTP: each step, and each refusal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


class TestAssign:
    async def test_it_records_who_and_when(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"assignee_id": team.colleague.id}
        answer = await as_(team.supervisor).post(f"/chances/{chance.id}/assign", json=body)
        assert answer.status_code == 200
        assert (answer.json()["status"], answer.json()["assignee"]["name"]) == ("assigned", "小红")
        assert answer.json()["first_assigned_on"] == str(make.today)
        history = (await as_(team.supervisor).get(f"/chances/{chance.id}/history")).json()["items"]
        assert (history[0]["action"], history[0]["actor"]["name"]) == ("assign", "东主管")
        assert history[0]["changes"]["status"] == ["unassigned", "assigned"]

    async def test_managers_may_not(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"assignee_id": team.manager.id}
        assert (await as_(team.manager).post(f"/chances/{chance.id}/assign", json=body)).status_code == 403
        assert (await as_(team.manager).get(f"/chances/{chance.id}")).json()["status"] == "unassigned"

    @pytest.mark.parametrize("who", ["stranger", "executive", "admin"])
    async def test_the_target_must_be_in_scope_and_able(self, who: str, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"assignee_id": getattr(team, who).id}
        answer = await as_(team.supervisor).post(f"/chances/{chance.id}/assign", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "not_assignable")

    async def test_a_disabled_person_gets_no_work(self, team: Team, as_: As, make: Make) -> None:
        gone = await make.user("manager", department=team.east, flag="disabled")
        chance = await make.chance(team.manager)
        answer = await as_(team.supervisor).post(f"/chances/{chance.id}/assign", json={"assignee_id": gone.id})
        assert answer.status_code == 422

    async def test_a_reassignment_needs_a_reason_and_takes_the_plan_along(
        self, team: Team, as_: As, make: Make
    ) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        await make.plan(chance)
        boss, body = as_(team.supervisor), {"assignee_id": team.colleague.id}
        refused = await boss.post(f"/chances/{chance.id}/assign", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
        done = await boss.post(f"/chances/{chance.id}/assign", json=body | {"reason": "休假"})
        assert done.json()["assignee"]["name"] == "小红"
        assert (await as_(team.colleague).get("/plans")).json()["total"] == 1
        assert (await as_(team.manager).get("/plans")).json()["total"] == 0
        history = (await boss.get(f"/chances/{chance.id}/history")).json()["items"]
        assert history[0]["changes"]["reason"] == [None, "休假"]

    async def test_a_closed_chance_cannot_be_assigned(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.manager, status="succeeded", closed_on=make.today)
        answer = await as_(team.supervisor).post(
            f"/chances/{chance.id}/assign", json={"assignee_id": team.colleague.id}
        )
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/illegal-transition")

    async def test_in_bulk_each_row_is_done_or_refused_by_itself(self, team: Team, as_: As, make: Make) -> None:
        fine, stale = await make.chance(team.manager), await make.chance(team.manager)
        hidden = await make.chance(team.stranger)
        items = [{"id": hidden.id}, {"id": stale.id, "version": 9}, {"id": fine.id, "version": 1}]
        body = {"items": items, "assignee_id": team.manager.id}
        results = (await as_(team.supervisor).post("/chances/bulk-assign", json=body)).json()["results"]
        assert [(row["id"], row["outcome"], row["type"]) for row in results] == [
            (hidden.id, "refused", "/problems/not-found"),
            (stale.id, "refused", "/problems/stale-version"),
            (fine.id, "done", None),
        ]
        assert (await as_(team.manager).get("/chances?tab=mine")).json()["total"] == 1


class TestProposeAndTakeBack:
    async def test_a_creator_proposes_themself(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"assignee_id": team.manager.id}
        answer = await as_(team.manager).post(f"/chances/{chance.id}/propose", json=body)
        assert answer.json()["proposed"]["name"] == "小明"
        assert (await as_(team.supervisor).post(f"/chances/{chance.id}/propose", json=body)).status_code == 403

    async def test_taking_back_needs_a_reason(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager, team.colleague)
        boss = as_(team.supervisor)
        assert (await boss.post(f"/chances/{chance.id}/take-back", json={})).status_code == 422
        answer = await boss.post(f"/chances/{chance.id}/take-back", json={"reason": "没有跟进"})
        assert (answer.json()["status"], answer.json()["assignee"]) == ("unassigned", None)
        assert (await boss.post(f"/chances/{chance.id}/take-back", json={"reason": "再次"})).status_code == 409


class TestMove:
    async def test_a_move_takes_the_stage_s_rate_and_writes_history(self, team: Team, as_: As, make: Make) -> None:
        chance, second = await make.chance(team.manager, team.manager), await make.stage(1)
        answer = await as_(team.manager).post(f"/chances/{chance.id}/move", json={"stage_id": second.id})
        assert (answer.json()["stage"]["name"], answer.json()["rate"]) == ("需求确认", 30)
        stays = (await as_(team.manager).get(f"/chances/{chance.id}/stages")).json()
        assert [(stay["stage"]["name"], stay["left_at"] is None) for stay in stays] == [
            ("初步接触", False),
            ("需求确认", True),
        ]

    async def test_a_rate_set_by_hand_stays(self, team: Team, as_: As, make: Make) -> None:
        chance, second = await make.chance(team.manager, team.manager), await make.stage(1)
        await as_(team.manager).patch(f"/chances/{chance.id}", json={"rate": 66}, headers={"If-Match": '"1"'})
        answer = await as_(team.manager).post(f"/chances/{chance.id}/move", json={"stage_id": second.id})
        assert (answer.json()["rate"], answer.json()["rate_is_manual"]) == (66, True)

    async def test_an_unknown_stage_and_a_stale_card_are_refused(self, team: Team, as_: As, make: Make) -> None:
        chance, second = await make.chance(team.manager, team.manager), await make.stage(1)
        manager = as_(team.manager)
        assert (await manager.post(f"/chances/{chance.id}/move", json={"stage_id": 999})).status_code == 422
        stale = await manager.post(
            f"/chances/{chance.id}/move", json={"stage_id": second.id}, headers={"If-Match": '"7"'}
        )
        assert stale.status_code == 412


class TestSucceed:
    async def test_it_makes_the_customer_with_contact_and_activity(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(
            team.supervisor, team.manager, customer_name="蓝海科技", linkman="李四", tel="13800000001", source="website"
        )
        await make.plan(chance)
        manager = as_(team.manager)
        body = {"close_value": "900.00", "create_customer": True, "reason": "price"}
        answer = await manager.post(f"/chances/{chance.id}/succeed", json=body)
        assert answer.status_code == 200, answer.text
        won = answer.json()
        assert (won["status"], won["close_value"], won["closed_on"]) == ("succeeded", "900.00", str(make.today))
        customer = (await manager.get(f"/customers/{won['customer']['id']}")).json()
        assert (customer["name"], customer["manager"]["name"], customer["source"]) == ("蓝海科技", "小明", "website")
        assert customer["origin_chance"]["id"] == chance.id
        linkmen = (await manager.get(f"/linkmen?customer_id={customer['id']}")).json()["items"]
        assert [(person["name"], person["mobile"], person["is_primary"]) for person in linkmen] == [
            ("李四", "13800000001", True)
        ]
        activities = (await manager.get(f"/activities?customer_id={customer['id']}")).json()["items"]
        assert [activity["chance"]["id"] for activity in activities] == [chance.id]
        assert [plan["status"] for plan in (await manager.get("/plans")).json()["items"]] == ["cancelled"]

    async def test_without_a_contact_s_name_the_phone_is_the_customer_s(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager, tel="021-5555")
        body = {"close_value": "1", "create_customer": True}
        won = (await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)).json()
        assert (await as_(team.manager).get(f"/customers/{won['customer']['id']}")).json()["tel"] == "021-5555"
        assert (await as_(team.manager).get("/linkmen")).json()["total"] == 0

    async def test_likely_twins_ask_for_a_choice(self, team: Team, as_: As, make: Make) -> None:
        mine = await make.customer(team.manager, "蓝海科技有限公司")
        await make.customer(team.stranger, "蓝海科技(集团)有限公司")
        chance = await make.chance(team.supervisor, team.manager, customer_name="蓝海科技股份有限公司")
        manager, body = as_(team.manager), {"close_value": "1", "create_customer": True}
        twin = await manager.post(f"/chances/{chance.id}/succeed", json=body)
        assert (twin.status_code, twin.json()["type"]) == (409, "/problems/duplicate-customer")
        assert [candidate["id"] for candidate in twin.json()["candidates"]] == [mine.id]
        assert twin.json()["ask"] == ["小强"]
        assert (await manager.get("/customers")).json()["total"] == 1
        done = await manager.post(f"/chances/{chance.id}/succeed", json=body | {"confirm_new": True})
        assert done.status_code == 200

    async def test_an_existing_customer_keeps_its_manager(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, "老客户")
        chance = await make.chance(team.supervisor, team.manager)
        body = {"close_value": "1", "customer_id": customer.id}
        won = (await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)).json()
        assert won["customer"] == {"id": customer.id, "name": "老客户"}
        assert (await as_(team.manager).get("/customers")).json()["total"] == 1

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"closed_on": "2999-01-01"}, "/closed_on"),
            ({"closed_on": "1999-01-01"}, "/closed_on"),
            ({"create_customer": False}, "/customer_id"),
            ({"reason": "moon"}, "/reason"),
            ({"close_value": None}, "/close_value"),
        ],
    )
    async def test_refusals_change_nothing(
        self, change: dict[str, object], pointer: str, team: Team, as_: As, make: Make
    ) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        body = {"close_value": "1", "create_customer": True} | change
        answer = await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
        assert (await as_(team.manager).get(f"/chances/{chance.id}")).json()["status"] == "assigned"
        assert (await as_(team.manager).get("/customers")).json()["total"] == 0

    async def test_only_the_assignee_may_even_a_supervisor_not(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        body = {"close_value": "1", "create_customer": True}
        assert (await as_(team.supervisor).post(f"/chances/{chance.id}/succeed", json=body)).status_code == 403

    async def test_an_unassigned_chance_cannot_be_won(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.manager)
        body = {"close_value": "1", "create_customer": True}
        answer = await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)
        assert answer.status_code == 403  # it is nobody's yet, so nobody closes it


class TestFailAndReopen:
    async def test_a_failure_needs_a_reason_and_cancels_the_plan(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager)
        await make.plan(chance, date=make.today - timedelta(days=3))
        manager = as_(team.manager)
        assert (await manager.post(f"/chances/{chance.id}/fail", json={})).status_code == 422
        failed = await manager.post(f"/chances/{chance.id}/fail", json={"reason": "budget", "note": "明年再说"})
        assert (failed.json()["status"], failed.json()["close_reason"]) == ("failed", "budget")
        assert (await manager.get("/plans/counts")).json()["overdue"] == 0

    async def test_a_failed_chance_is_reopened_by_a_supervisor(self, team: Team, as_: As, make: Make) -> None:
        chance = await make.chance(team.supervisor, team.manager, status="failed", closed_on=make.today)
        assert (
            await as_(team.manager).post(f"/chances/{chance.id}/reopen", json={"reason": "有预算"})
        ).status_code == 403
        answer = await as_(team.supervisor).post(f"/chances/{chance.id}/reopen", json={"reason": "有预算"})
        assert (answer.json()["status"], answer.json()["closed_on"]) == ("assigned", None)

    async def test_a_win_reopens_for_30_days_and_keeps_its_customer(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        facts = {"status": "succeeded", "closed_on": make.today, "customer_id": customer.id, "close_value": Decimal(1)}
        fresh = await make.chance(team.supervisor, team.manager, closed_at=make.ctx.now, **facts)
        old = await make.chance(team.supervisor, team.manager, closed_at=make.ctx.now - timedelta(days=31), **facts)
        boss = as_(team.supervisor)
        answer = await boss.post(f"/chances/{fresh.id}/reopen", json={"reason": "退货"})
        assert (answer.json()["status"], answer.json()["customer"]["id"]) == ("assigned", customer.id)
        late = await boss.post(f"/chances/{old.id}/reopen", json={"reason": "退货"})
        assert (late.status_code, late.json()["window_days"]) == (409, 30)


class TestSums:
    async def test_kept_sums_follow_every_step(self, team: Team, as_: As, make: Make) -> None:
        boss, manager = as_(team.supervisor), as_(team.manager)

        async def sums(group_by: str = "status") -> dict[str, tuple[int, str, str, str]]:
            answer = (await boss.get(f"/chances/summary?group_by={group_by}")).json()
            rows = [*answer["rows"], answer["total"]]
            return {r["key"]: (r["count"], r["amount"], r["weighted"], r["won_value"]) for r in rows if r["count"]}

        new = {"title": "甲", "customer_name": "乙", "amount": "100.00"}
        chance = (await manager.post("/chances", json=new)).json()
        assert (await sums())["unassigned"][:2] == (1, "100.00")
        await boss.post(f"/chances/{chance['id']}/assign", json={"assignee_id": team.colleague.id})
        assert set(await sums()) == {"assigned", "total"}
        assert set(await sums("assignee")) == {str(team.colleague.id), "total"}
        assert set(await sums("department")) == {str(team.east.id), "total"}
        second = await make.stage(1)
        colleague = as_(team.colleague)
        await colleague.post(f"/chances/{chance['id']}/move", json={"stage_id": second.id})
        assert Decimal((await sums("stage"))[str(second.id)][2]) == 30
        body = {"close_value": "80.00", "create_customer": True}
        await colleague.post(f"/chances/{chance['id']}/succeed", json=body)
        assert (await sums())["succeeded"][3] == "80.00"
        assert (await as_(team.other_supervisor).get("/chances/summary")).json()["total"]["count"] == 0

    async def test_counted_and_kept_answers_are_equal(self, team: Team, as_: As, make: Make) -> None:
        for amount, rate, status in (
            (Decimal("10.10"), 33, "assigned"),
            (None, 50, "assigned"),
            (Decimal(7), 9, "failed"),
        ):
            closed = {"closed_on": make.today} if status == "failed" else {}
            await make.chance(team.manager, team.manager, amount=amount, rate=rate, status=status, **closed)
        won = {"status": "succeeded", "closed_on": make.today, "close_value": Decimal("9.99")}
        await make.chance(team.manager, team.manager, first_assigned_on=make.today - timedelta(days=3), **won)
        boss = as_(team.supervisor)
        kept = (await boss.get("/chances/summary?group_by=stage&median=true")).json()
        counted = (await boss.get("/chances/summary?group_by=stage&median=true&opened_from=2000-01-01")).json()
        for name in kept["total"]:
            one, other = kept["total"][name], counted["total"][name]
            assert (one == other) or Decimal(one) == Decimal(other), name
        assert kept["total"]["win_rate"] == "50.00"
        assert (kept["total"]["mean_days_to_close"], kept["total"]["median_days_to_close"]) == ("3.00", "3.00")
        assert Decimal(kept["total"]["weighted"]) == Decimal("3.333")
        since = make.today - timedelta(days=1)
        closed = (await boss.get(f"/chances/summary?closed_from={since}&closed_to={make.today}")).json()["total"]
        assert (closed["count"], closed["won_value"], closed["open_count"]) == (2, "9.99", 0)
        assert (await boss.get(f"/chances/summary?closed_to={since}")).json()["total"]["count"] == 0
        only = (await boss.get("/chances/summary?group_by=stage&status=assigned")).json()["total"]
        assert (only["count"], only["amount"], only["unpriced"]) == (2, "10.10", 1)

    async def test_a_half_is_rounded_up(self, team: Team, as_: As, make: Make) -> None:
        for days in (1, *[0] * 7):
            began = make.today - timedelta(days=days)
            facts = {"status": "succeeded", "closed_on": make.today, "first_assigned_on": began}
            await make.chance(team.manager, team.manager, **facts)
        assert (await as_(team.manager).get("/chances/summary")).json()["total"]["mean_days_to_close"] == "0.13"
