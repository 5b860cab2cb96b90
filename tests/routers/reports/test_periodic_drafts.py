"""Customer reports compose themselves after the end of a month, and their readers hear of what is issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.core.ctx import Ctx
from app.models.access.departments import Department
from app.models.base.notices import Notice
from app.models.reports.periodic import PeriodicReport
from app.services.base import settings
from app.services.reports import periodic_drafts
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.reports.test_periodic import PATH, issued

As = Callable[..., Client]


def in_next_month(make: Make, day: int) -> Ctx:
    """Return the clock at eight in the morning of a day of the coming month."""
    first = (make.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    at = datetime.combine(first.replace(day=day), time(8), make.ctx.timezone)
    return replace(make.ctx, now=at)


async def lead(make: Make, **leaders: Any) -> None:
    for department, leader in leaders.values():
        chosen = update(Department).where(Department.id == department.id)
        await make.session.execute(chosen.values(leader_id=leader.id))


async def drafts(make: Make) -> list[tuple[int, int, date, str]]:
    columns = (
        PeriodicReport.department_id, PeriodicReport.author_id, PeriodicReport.month, PeriodicReport.status,
    )  # fmt: skip
    rows = await make.session.execute(select(*columns).order_by(PeriodicReport.id))
    return [tuple(row) for row in rows]


async def heard(make: Make) -> set[tuple[int, str, str]]:
    return {(one.user_id, one.kind, one.title) for one in await make.session.scalars(select(Notice))}


class TestDrafts:
    async def test_each_leader_gets_one_of_last_month_and_opens_it(self, make: Make, team: Team, as_: As) -> None:
        await lead(make, east=(team.east, team.supervisor), west=(team.west, team.other_supervisor))
        await periodic_drafts.compose(in_next_month(make, 1))
        month = make.today.replace(day=1)
        assert await drafts(make) == [
            (team.east.id, team.supervisor.id, month, "draft"),
            (team.west.id, team.other_supervisor.id, month, "draft"),
        ]
        await make.session.commit()
        (notice,) = (await as_(team.supervisor).get("/notices")).json()["items"]
        assert (notice["kind"], notice["entity"], notice["title"]) == (
            "periodic_drafted", "periodic", f"{month:%Y-%m} · 华东部",
        )  # fmt: skip
        shown = (await as_(team.supervisor).get(f"{PATH}/{notice['entity_id']}")).json()
        assert shown["allowed_actions"] == ["update", "delete", "issue"]
        assert shown["number"].startswith("BG")
        assert (await as_(team.other_supervisor).get(f"{PATH}/{notice['entity_id']}")).status_code == 404

    async def test_running_again_changes_nothing_even_after_one_was_thrown_away(
        self, make: Make, team: Team, as_: As
    ) -> None:
        await lead(make, east=(team.east, team.supervisor), west=(team.west, team.other_supervisor))
        await periodic_drafts.compose(in_next_month(make, 1))
        await periodic_drafts.compose(in_next_month(make, 1))
        assert (len(await drafts(make)), len(await heard(make))) == (2, 2)
        await make.session.commit()
        (mine,) = (await as_(team.supervisor).get(PATH)).json()["items"]
        await as_(team.supervisor).delete(f"{PATH}/{mine['id']}", headers={"If-Match": '"1"'})
        await periodic_drafts.compose(in_next_month(make, 2))
        assert [row[0] for row in await drafts(make)] == [team.west.id]

    @pytest.mark.parametrize("step", ["draft", "issue"])
    async def test_one_made_by_hand_counts(self, step: str, make: Make, team: Team, as_: As) -> None:
        await lead(make, east=(team.east, team.supervisor), west=(team.west, team.other_supervisor))
        person, month = as_(team.supervisor), str(make.today.replace(day=1))
        body = {"month": month, "department_id": team.east.id}
        made = (await person.post(PATH, json=body)).json()
        if step == "issue":
            assert (await person.post(f"{PATH}/{made['id']}/issue")).status_code == 200
        await periodic_drafts.compose(in_next_month(make, 1))
        assert [row[0] for row in await drafts(make)] == [team.east.id, team.west.id]

    @pytest.mark.parametrize(("day", "count"), [(1, 1), (7, 1), (8, 0)])
    async def test_only_in_the_first_days_of_a_month(self, day: int, count: int, make: Make, team: Team) -> None:
        await lead(make, east=(team.east, team.supervisor))
        await periodic_drafts.compose(in_next_month(make, day))
        assert len(await drafts(make)) == count

    async def test_not_while_it_is_off(self, make: Make, team: Team) -> None:
        await lead(make, east=(team.east, team.supervisor))
        await settings.put(make.session, "periodic.automatic", "off")
        await periodic_drafts.compose(in_next_month(make, 1))
        assert await drafts(make) == []
        await settings.put(make.session, "periodic.automatic", "on")
        await periodic_drafts.compose(in_next_month(make, 2))
        assert len(await drafts(make)) == 1

    async def test_only_for_leaders_who_may_issue_and_departments_of_that_time(self, make: Make, team: Team) -> None:
        team.other_supervisor.flag = "disabled"
        await lead(
            make, east=(team.east, team.manager), west=(team.west, team.other_supervisor),
            beyond=(team.company, team.supervisor),
        )  # fmt: skip
        new = await make.department("新部门", team.east)
        later = in_next_month(make, 1)
        await make.session.execute(
            update(Department).where(Department.id == new.id).values(created_at=later.now, leader_id=team.supervisor.id)
        )
        await periodic_drafts.compose(later)
        assert await drafts(make) == []

    async def test_the_next_month_is_another_one(self, make: Make, team: Team) -> None:
        await lead(make, east=(team.east, team.supervisor))
        now = in_next_month(make, 1)
        await periodic_drafts.compose(now)
        await periodic_drafts.compose(replace(now, now=in_next_month(make, 1).now + timedelta(days=31)))
        assert len({row[2] for row in await drafts(make)}) == 2


class TestReaders:
    async def test_who_may_read_hears_of_an_issued_one_and_nobody_else(self, make: Make, team: Team, as_: As) -> None:
        boss = await make.user("supervisor", name="总监", department=team.company)
        beside = await make.user("supervisor", name="副主管", department=team.east)
        below = await make.user("supervisor", department=await make.department("一部", team.east))
        left = await make.user("executive", flag="disabled")
        report = await issued(as_(team.supervisor), team)
        wanted = {(person.id, "periodic_issued", "2026-03 · 华东部") for person in (team.executive, boss, beside)}
        assert await heard(make) == wanted
        assert await make.session.scalar(select(func.count()).select_from(Notice)) == 3
        assert not {below.id, left.id, team.supervisor.id} & {row[0] for row in wanted}
        for person in (team.executive, boss, beside):
            await self.opens(as_(person), report["id"])
        assert (await as_(below).get(f"{PATH}/{report['id']}")).status_code == 404

    async def opens(self, person: Client, report_id: int) -> None:
        (notice,) = (await person.get("/notices")).json()["items"]
        assert (notice["entity"], notice["entity_id"]) == ("periodic", report_id)
        assert (await person.get(f"{PATH}/{report_id}")).status_code == 200

    async def test_a_draft_is_nobody_s_news(self, make: Make, team: Team, as_: As) -> None:
        body = {"month": "2026-03-01", "department_id": team.east.id}
        assert (await as_(team.supervisor).post(PATH, json=body)).status_code == 201
        assert await heard(make) == set()
