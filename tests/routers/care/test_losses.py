"""Churn: who is warned and why, what may be done, and what a new order ends."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.models.access.departments import Department
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from app.models.care.losses import Loss
from app.models.customers.customers import Customer
from app.services.care import loss_detection
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


def day(make: Make, ago: int) -> Any:
    return make.today - timedelta(days=ago)


async def entries(make: Make) -> list[Loss]:
    return list(await make.session.scalars(select(Loss).order_by(Loss.id).execution_options(scoped="test")))


async def status(make: Make, customer: Customer) -> str:
    found = select(Customer.status).where(Customer.id == customer.id).execution_options(scoped="test")
    return str(await make.session.scalar(found))


class TestDetection:
    async def test_the_reason_tells_the_silence_against_the_customers_own_rhythm(self, make: Make, team: Team) -> None:
        silent = await make.customer(team.manager, last_order_date=day(make, 300))
        for ago in (400, 380, 300):
            await make.order(silent, status="completed", owner_id=team.manager.id, date=day(make, ago))
        await make.service(silent, team.manager, type="complaint")
        await loss_detection.detect(make.ctx)
        (entry,) = await entries(make)
        assert entry.found_reason == {
            "rules": ["order"], "days": 300, "threshold_days": 180, "usual_interval_days": "50.0", "times_usual": "6.0",
            "orders": 3, "open_complaints": 1, "contact_days": 0, "contact_threshold_days": None, "satisfaction": None,
            "satisfaction_threshold": None,
        }  # fmt: skip
        assert (entry.status, entry.manager_id, await status(make, silent)) == ("warning", team.manager.id, "warning")

    async def test_the_day_before_the_limit_and_recent_or_deleted_ones_are_left_alone(
        self, make: Make, team: Team
    ) -> None:
        at_limit = await make.customer(team.manager, last_order_date=day(make, 180))
        new = await make.customer(team.manager)
        await make.customer(team.manager, last_order_date=day(make, 999), deleted_at=make.ctx.now)
        over = await make.customer(team.manager, last_order_date=day(make, 181))
        never = await make.customer(team.manager, created_at=make.ctx.now - timedelta(days=200))
        lost = await make.customer(team.manager, last_order_date=day(make, 999), status="lost")
        await loss_detection.detect(make.ctx)
        assert {entry.customer_id for entry in await entries(make)} == {over.id, never.id}
        assert [await status(make, one) for one in (at_limit, new, lost)] == ["normal", "normal", "lost"]

    async def test_running_twice_changes_nothing(self, make: Make, team: Team) -> None:
        for _ in range(3):
            await make.customer(team.manager, last_order_date=day(make, 400))
        await loss_detection.detect(make.ctx)
        tables = (Loss, Notice, LogEntry)
        counts = [select(func.count()).select_from(one).execution_options(scoped="test") for one in tables]
        before = [await make.session.scalar(one) for one in counts]
        await loss_detection.detect(make.ctx)
        assert [await make.session.scalar(one) for one in counts] == before
        assert before[:2] == [3, 1]

    async def test_batches_go_on_where_the_last_one_stopped(self, make: Make, team: Team) -> None:
        for _ in range(5):
            await make.customer(team.manager, last_order_date=day(make, 400))
        after, runs = await loss_detection.detect(make.ctx, batch=2), 1
        while after is not None:
            after, runs = await loss_detection.detect(make.ctx, after, batch=2), runs + 1
        assert (len(await entries(make)), runs) == (5, 3)

    async def test_the_leader_hears_of_the_customers_of_who_has_left(self, make: Make, team: Team) -> None:
        await make.session.execute(
            update(Department).where(Department.id == team.manager.department_id).values(leader_id=team.supervisor.id)
        )
        team.manager.flag = "disabled"
        customer = await make.customer(team.manager, "久安", last_order_date=day(make, 400))
        await loss_detection.detect(make.ctx)
        (notice,) = await make.session.scalars(select(Notice))
        assert (notice.user_id, notice.kind, notice.title) == (team.supervisor.id, "loss_warning", customer.name)

    async def test_a_review_that_passes_without_an_order_is_a_warning_again(self, make: Make, team: Team) -> None:
        customer = await make.customer(team.manager, status="warning", last_order_date=day(make, 400))
        loss = await make.loss(customer, status="delayed", review_date=day(make, 1))
        later = await make.loss(
            await make.customer(team.manager, status="warning"), status="delayed", review_date=make.today
        )
        await loss_detection.detect(make.ctx)
        assert (loss.status, later.status) == ("warning", "delayed")
        (notice,) = await make.session.scalars(select(Notice))
        assert (notice.user_id, notice.kind) == (team.manager.id, "loss_review_due")

    async def test_only_an_administrator_asks_for_a_run(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).post("/losses/detect")).status_code == 403
        answer = await as_(team.admin).post("/losses/detect")
        assert (answer.status_code, answer.json()) == (202, {"queued": True})


class TestSteps:
    async def test_delay_needs_a_later_day_and_keeps_every_measure(self, make: Make, team: Team, as_: As) -> None:
        loss = await make.loss(await make.customer(team.manager, status="warning"))
        person = as_(team.manager)
        refused = await person.post(f"/losses/{loss.id}/delay", json={"text": "拜访", "review_date": str(make.today)})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/review_date")
        for days in (7, 14):
            body = {"text": f"措施{days}", "review_date": str(day(make, -days))}
            done = (await person.post(f"/losses/{loss.id}/delay", json=body)).json()
        assert (done["status"], done["review_date"]) == ("delayed", str(day(make, -14)))
        assert [one["text"] for one in done["measures"]] == ["措施7", "措施14"]
        assert done["allowed_actions"] == ["delay", "confirm"]

    async def test_confirm_and_revoke_move_the_customer_along(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager, status="warning")
        loss = await make.loss(customer)
        body = {"reason": "price", "note": "转用他家"}
        done = (await as_(team.manager).post(f"/losses/{loss.id}/confirm", json=body)).json()
        assert (done["status"], done["lost_date"], await status(make, customer)) == ("lost", str(make.today), "lost")
        again = await as_(team.manager).post(f"/losses/{loss.id}/confirm", json=body)
        assert (again.status_code, again.json()["state"], again.json()["allowed"]) == (409, "lost", [])
        back = (await as_(team.supervisor).post(f"/losses/{loss.id}/revoke", json={"reason": "误判"})).json()
        assert (back["status"], back["lost_date"], await status(make, customer)) == ("warning", None, "warning")

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"reason": "nothing-known"}, "/reason"),
            ({}, "/reason"),
            ({"reason": "price", "lost_date": "2199-01-01"}, "/lost_date"),
        ],
    )
    async def test_confirm_refuses(self, body: Any, pointer: str, make: Make, team: Team, as_: As) -> None:
        loss = await make.loss(await make.customer(team.manager, status="warning"))
        answer = await as_(team.manager).post(f"/losses/{loss.id}/confirm", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_only_who_manages_the_customer_acts(self, make: Make, team: Team, as_: As) -> None:
        loss = await make.loss(await make.customer(team.manager, status="warning"))
        body = {"text": "拜访", "review_date": str(day(make, -7))}
        codes = [
            (await as_(person).post(f"/losses/{loss.id}/delay", json=body)).status_code
            for person in (team.supervisor, team.colleague, team.stranger, team.executive)
        ]
        assert codes == [403, 404, 404, 403]
        assert (await as_(team.manager).post(f"/losses/{loss.id}/revoke", json={"reason": "x"})).status_code == 403
        assert loss.status == "warning"

    async def test_an_old_version_is_refused(self, make: Make, team: Team, as_: As) -> None:
        loss = await make.loss(await make.customer(team.manager, status="warning"))
        answer = await as_(team.manager).post(
            f"/losses/{loss.id}/confirm", json={"reason": "price"}, headers={"If-Match": '"9"'}
        )
        assert answer.status_code == 412


class TestNewOrder:
    async def order(self, make: Make, team: Team, as_: As, customer: Customer, **facts: Any) -> None:
        product = await make.product(price=10)
        order = await make.order(customer, (product, 1), **facts)
        answer = await as_(team.manager).post(f"/orders/{order.id}/confirm")
        assert answer.status_code == 200, answer.text

    @pytest.mark.parametrize("state", ["warning", "delayed"])
    async def test_ends_an_open_entry_as_recovered(self, state: str, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager, status="warning", last_order_date=day(make, 400))
        loss = await make.loss(customer, status=state)
        await self.order(make, team, as_, customer)
        found = (await as_(team.manager).get(f"/losses/{loss.id}")).json()
        assert (found["status"], found["closed_at"] is not None) == ("recovered", True)
        assert await status(make, customer) == "normal"

    async def test_brings_a_lost_customer_back_and_leaves_the_entry_lost(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager, status="lost", last_order_date=day(make, 400))
        loss = await make.loss(customer, status="lost", lost_date=day(make, 10))
        await self.order(make, team, as_, customer)
        found = (await as_(team.supervisor).get(f"/losses/{loss.id}")).json()
        assert (found["status"], found["returned_at"] is not None) == ("lost", True)
        assert found["allowed_actions"] == []
        assert await status(make, customer) == "normal"
        refused = await as_(team.supervisor).post(f"/losses/{loss.id}/revoke", json={"reason": "x"})
        assert (refused.status_code, refused.json()["code"]) == (409, "returned")

    async def test_of_long_ago_ends_nothing(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager, status="warning", last_order_date=day(make, 400))
        loss = await make.loss(customer)
        await self.order(make, team, as_, customer, date=day(make, 200))
        assert (await as_(team.manager).get(f"/losses/{loss.id}")).json()["status"] == "warning"


class TestReading:
    async def test_filters(self, make: Make, team: Team, as_: As) -> None:
        one, two = [await make.customer(owner, status="warning") for owner in (team.manager, team.colleague)]
        warned = await make.loss(one)
        late = await make.loss(two, status="delayed", review_date=day(make, 3))
        person = as_(team.supervisor)
        for query, wanted in (
            ("", {warned.id, late.id}),
            ("status=delayed", {late.id}),
            (f"manager_id={team.manager.id}", {warned.id}),
            (f"customer_id={two.id}", {late.id}),
            ("review_overdue=true", {late.id}),
            ("review_overdue=false", {warned.id}),
            (f"found_from={day(make, -1)}", set()),
        ):
            rows = (await person.get(f"/losses?{query}")).json()["items"]
            assert {row["id"] for row in rows} == wanted, query

    async def test_entries_go_with_their_customer(self, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager)
        loss = await make.loss(customer)
        customer.manager_id = team.colleague.id
        await make.session.flush()

        async def seen(who: User) -> list[int]:
            return [row["id"] for row in (await as_(who).get("/losses")).json()["items"]]

        assert [await seen(one) for one in (team.manager, team.colleague)] == [[], [loss.id]]
        supervisor = as_(team.supervisor)
        version = (await supervisor.get(f"/customers/{customer.id}")).headers["ETag"]
        await supervisor.delete(f"/customers/{customer.id}", headers={"If-Match": version})
        assert (await seen(team.colleague), await seen(team.supervisor)) == ([], [])
        assert (await supervisor.get("/losses/summary")).json()["rows"] == []
        await supervisor.post(f"/customers/{customer.id}/restore")
        assert await seen(team.colleague) == [loss.id]

    async def test_the_team_by_manager(self, make: Make, team: Team, as_: As) -> None:
        for state, facts in (
            ("warning", {}), ("delayed", {"review_date": day(make, 3)}),
            ("lost", {"lost_date": make.today, "closed_at": make.ctx.now}),
        ):  # fmt: skip
            await make.loss(await make.customer(team.manager), status=state, **facts)
        await make.loss(await make.customer(team.stranger))
        rows = (await as_(team.supervisor).get("/losses/summary")).json()["rows"]
        assert [(row["manager"]["id"], row["warning"], row["delayed"], row["review_overdue"], row["lost"]) for row in rows] == [
            (team.manager.id, 1, 1, 1, 1)
        ]  # fmt: skip

    async def test_history_names_the_steps(self, make: Make, team: Team, as_: As) -> None:
        loss = await make.loss(await make.customer(team.manager, status="warning"))
        await as_(team.manager).post(f"/losses/{loss.id}/confirm", json={"reason": "price"})
        rows = (await as_(team.manager).get(f"/losses/{loss.id}/history")).json()["items"]
        assert rows[0]["action"] == "confirm"


async def test_two_runs_at_once_warn_once(committed: Any) -> None:
    """Both search at the same time; who is locked by the one is left out by the other."""
    from app.jobs.unit import unit  # noqa: PLC0415

    async with committed.write() as session:
        maker = Make(session)
        owner = await maker.user("manager")
        for _ in range(20):
            await maker.customer(owner, last_order_date=maker.today - timedelta(days=400))

    async def run() -> None:
        async with unit(committed) as ctx:
            await loss_detection.detect(ctx)

    await asyncio.gather(run(), run())
    async with unit(committed) as ctx:
        found = select(func.count()).select_from(Loss).execution_options(scoped="test")
        assert await ctx.session.scalar(found) == 20
