"""The rules by which customers are warned of: orders by level, contact, satisfaction; and whom the leader hears of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app.models.access.departments import Department
from app.models.base.notices import Notice
from app.models.care.losses import Loss
from app.models.customers.customers import Customer
from app.services.base import settings
from app.services.care import loss_detection
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.care.test_losses import day, entries, status

As = Callable[..., Client]


async def put(make: Make, **rules: Any) -> None:
    for name, value in rules.items():
        await settings.put(make.session, f"lost.{name}", value)


def ago(make: Make, days: int) -> Any:
    return make.ctx.now - timedelta(days=days)


async def night(make: Make, later: int = 0) -> list[Loss]:
    """Search as it will be done so many days later, twice; return the entries."""
    ctx = replace(make.ctx, now=make.ctx.now + timedelta(days=later))
    await loss_detection.detect(ctx)
    found = len(await entries(make))
    await loss_detection.detect(ctx)
    assert len(await entries(make)) == found
    return await entries(make)


async def recovered(make: Make, entry: Loss, customer: Customer) -> None:
    await make.session.refresh(customer)
    entry.status, entry.closed_at, customer.status = "recovered", make.ctx.now, "normal"
    await make.session.commit()


class TestOrdersByLevel:
    async def test_a_level_has_days_of_its_own_and_the_others_those_of_all(self, make: Make, team: Team) -> None:
        await put(make, days=100, days_by_level={"strategic": 30, "regular": 300})
        wanted = [
            await make.customer(team.manager, level=level, last_order_date=day(make, days))
            for level, days in (("strategic", 31), ("regular", 301), ("major", 101), (None, 101))
        ]
        for level, days in (("strategic", 30), ("regular", 101), ("major", 100), (None, 100)):
            await make.customer(team.manager, level=level, last_order_date=day(make, days))
        found = await night(make)
        assert [entry.customer_id for entry in found] == [customer.id for customer in wanted]
        assert [entry.found_reason["threshold_days"] for entry in found] == [30, 300, 100, 100]
        assert {tuple(entry.found_reason["rules"]) for entry in found} == {("order",)}

    async def test_an_order_beyond_the_days_of_the_level_ends_nothing(self, make: Make, team: Team, as_: As) -> None:
        await put(make, days_by_level={"strategic": 30})
        customer = await make.customer(team.manager, level="strategic", last_order_date=day(make, 90))
        await night(make)
        product = await make.product(price=10)
        for days, wanted in ((40, "warning"), (20, "recovered")):
            order = await make.order(customer, (product, 1), date=day(make, days))
            assert (await as_(team.manager).post(f"/orders/{order.id}/confirm")).status_code == 200
            (entry,) = (await as_(team.manager).get(f"/losses?customer_id={customer.id}")).json()["items"]
            assert entry["status"] == wanted


class TestContact:
    async def test_it_is_off_until_set_and_counts_whole_days(self, make: Make, team: Team) -> None:
        over = await make.customer(team.manager, last_order_date=day(make, 1), last_activity_at=ago(make, 61))
        await make.customer(team.manager, last_order_date=day(make, 1), last_activity_at=ago(make, 60))
        never = await make.customer(team.manager, last_order_date=day(make, 1), created_at=ago(make, 61))
        await make.customer(team.manager, last_activity_at=ago(make, 99), deleted_at=make.ctx.now)
        assert await night(make) == []
        await put(make, contact_days=60)
        found = await night(make)
        assert [entry.customer_id for entry in found] == [over.id, never.id]
        reason = found[0].found_reason
        assert (reason["rules"], reason["contact_days"], reason["contact_threshold_days"]) == (["contact"], 61, 60)
        assert (reason["days"], reason["threshold_days"], await status(make, over)) == (1, 180, "warning")

    async def test_a_new_order_ends_it_and_the_days_are_counted_from_there(
        self, make: Make, team: Team, as_: As
    ) -> None:
        await put(make, contact_days=60)
        customer = await make.customer(team.manager, last_order_date=day(make, 10), last_activity_at=ago(make, 70))
        await night(make)
        product = await make.product(price=10)
        for days, wanted in ((11, "warning"), (0, "recovered")):
            order = await make.order(customer, (product, 1), date=day(make, days))
            assert (await as_(team.manager).post(f"/orders/{order.id}/confirm")).status_code == 200
            (entry,) = (await as_(team.manager).get(f"/losses?customer_id={customer.id}")).json()["items"]
            assert entry["status"] == wanted
        make.session.expire_all()
        assert [len(await night(make, later)) for later in (0, 1, 60, 61)] == [1, 1, 1, 2]

    async def test_a_customer_that_returned_is_left_alone_as_long(self, make: Make, team: Team) -> None:
        await put(make, contact_days=60)
        facts = {"last_order_date": day(make, 1), "last_activity_at": ago(make, 500)}
        for returned, closed in ((60, 400), (61, 400)):
            customer = await make.customer(team.manager, **facts)
            await make.loss(
                customer, status="lost", lost_date=day(make, closed), closed_at=ago(make, closed),
                returned_at=ago(make, returned),
            )  # fmt: skip
        assert [entry.customer_id for entry in await night(make)][2:] == [customer.id]


class TestSatisfaction:
    async def test_it_is_off_until_set(self, make: Make, team: Team) -> None:
        facts = {"last_order_date": day(make, 1)}
        low, _, _ = [await make.customer(team.manager, satisfaction=n, **facts) for n in (2, 3, None)]
        assert await night(make) == []
        await put(make, satisfaction=2)
        (entry,) = await night(make)
        reason = entry.found_reason
        assert (entry.customer_id, reason["rules"], reason["satisfaction"], reason["satisfaction_threshold"]) == (
            low.id, ["satisfaction"], 2, 2,
        )  # fmt: skip

    async def test_unchanged_it_warns_again_only_after_the_days_of_an_order(self, make: Make, team: Team) -> None:
        await put(make, satisfaction=3, days=100)
        customer = await make.customer(team.manager, last_order_date=day(make, -100), satisfaction=2)
        (entry,) = await night(make)
        await recovered(make, entry, customer)
        assert [len(await night(make, later)) for later in (1, 100)] == [1, 1]
        customer.satisfaction = 3
        await make.session.commit()
        assert len(await night(make, 100)) == 1
        customer.satisfaction = 1
        await make.session.commit()
        assert [entry.found_reason["satisfaction"] for entry in await night(make, 1)] == [2, 1]

    async def test_after_those_days_it_warns_again(self, make: Make, team: Team) -> None:
        await put(make, satisfaction=3, days=100)
        customer = await make.customer(team.manager, last_order_date=day(make, -100), satisfaction=2)
        (entry,) = await night(make)
        await recovered(make, entry, customer)
        assert len(await night(make, 101)) == 2

    async def test_what_another_rule_warned_of_does_not_silence_it(self, make: Make, team: Team) -> None:
        customer = await make.customer(team.manager, last_order_date=day(make, 200), satisfaction=2)
        (entry,) = await night(make)
        assert (entry.found_reason["rules"], entry.found_reason["satisfaction"]) == (["order"], 2)
        await recovered(make, entry, customer)
        customer.last_order_date = make.today
        await make.session.commit()
        await put(make, satisfaction=2)
        assert [one.found_reason["rules"] for one in await night(make, 1)] == [["order"], ["satisfaction"]]


class TestTogether:
    async def test_one_entry_names_every_rule_and_what_others_wrote_reads_as_orders(
        self, make: Make, team: Team, as_: As
    ) -> None:
        await put(make, contact_days=30, satisfaction=2)
        facts = {"last_order_date": day(make, 200), "last_activity_at": ago(make, 40), "satisfaction": 1}
        customer = await make.customer(team.manager, **facts)
        await make.loss(await make.customer(team.manager, status="warning"))
        await night(make)
        early, found = (await as_(team.manager).get("/losses?sort=found_at")).json()["items"]
        assert (early["customer"]["id"] != customer.id, early["found_reason"]["rules"]) == (True, ["order"])
        assert early["found_reason"]["contact_days"] is None
        assert found["found_reason"]["rules"] == ["order", "contact", "satisfaction"]
        assert (found["found_reason"]["contact_days"], found["found_reason"]["satisfaction"]) == (40, 1)

    async def test_a_rule_that_did_not_hit_is_not_named(self, make: Make, team: Team) -> None:
        await put(make, contact_days=30, satisfaction=2)
        recent = {"last_order_date": day(make, 1)}
        for facts in (
            {**recent, "last_activity_at": ago(make, 40), "satisfaction": 3},
            {**recent, "last_activity_at": ago(make, 30), "satisfaction": 2},
            {"last_order_date": day(make, 200), "last_activity_at": ago(make, 1), "satisfaction": 5},
        ):
            await make.customer(team.manager, **facts)
        found = [entry.found_reason for entry in await night(make)]
        assert [reason["rules"] for reason in found] == [["contact"], ["satisfaction"], ["order"]]
        assert [reason["satisfaction"] for reason in found] == [3, 2, 5]

    async def test_each_batch_finds_its_own(self, make: Make, team: Team) -> None:
        await put(make, contact_days=30, satisfaction=2)
        for facts in ({"last_activity_at": ago(make, 40)}, {"satisfaction": 1}, {"last_order_date": day(make, 400)}):
            await make.customer(team.manager, **{"last_order_date": day(make, 1), **facts})
        after, runs = await loss_detection.detect(make.ctx, batch=1), 1
        while after is not None:
            after, runs = await loss_detection.detect(make.ctx, after, batch=1), runs + 1
        assert (len(await entries(make)), runs) == (3, 4)


class TestLeader:
    async def lead(self, make: Make, department: Department, leader: Any) -> None:
        await make.session.execute(
            update(Department).where(Department.id == department.id).values(leader_id=leader and leader.id)
        )

    async def heard(self, make: Make) -> set[tuple[int, str, str]]:
        return {(one.user_id, one.kind, one.title) for one in await make.session.scalars(select(Notice))}

    async def test_the_leader_hears_once_of_all_and_each_manager_of_the_own(self, make: Make, team: Team) -> None:
        await self.lead(make, team.east, team.supervisor)
        for owner in (team.manager, team.manager, team.colleague):
            await make.customer(owner, "久安", last_order_date=day(make, 400))
        await make.customer(team.stranger, "远方", last_order_date=day(make, 400))
        await loss_detection.detect(make.ctx)
        assert await self.heard(make) == {
            (team.manager.id, "losses_warning", "2"), (team.colleague.id, "loss_warning", "久安"),
            (team.supervisor.id, "losses_warning", "3"), (team.stranger.id, "loss_warning", "远方"),
        }  # fmt: skip
        assert len(list(await make.session.scalars(select(Notice)))) == 4

    async def test_who_leads_and_manages_hears_once(self, make: Make, team: Team) -> None:
        await self.lead(make, team.east, team.manager)
        await make.customer(team.manager, "久安", last_order_date=day(make, 400))
        await loss_detection.detect(make.ctx)
        assert [one.user_id for one in await make.session.scalars(select(Notice))] == [team.manager.id]
