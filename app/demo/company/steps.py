"""What the demo company's people did by the steps that everybody has: reports composed and issued, records thrown away.

Each is done as the person, at a moment that is over; the log, the sums and the notices follow as they always do.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.closing import settle
from app.core.ctx import Ctx
from app.core.numbers import number
from app.demo.company import assets as demo_assets
from app.demo.company.calendar import working
from app.demo.company.customers import Company, Row
from app.demo.company.orders import Trade
from app.demo.company.sales import Sales, Team
from app.demo.company.services import Help
from app.models.access.departments import Department
from app.models.reports.periodic import PeriodicReport
from app.models.reports.periodic import numbers as report_numbers
from app.services.access import rbac
from app.services.customers import customer_bin, linkmen
from app.services.orders import orders
from app.services.reports import periodic
from app.services.sales import chances

MONTHS = 3
"""Months with a report; the last one is a draft still."""
COMMENTS = (
    "本月重点客户续约顺利，老客户订单占比继续上升；新客户开发偏慢，下月请各客户经理把久未跟进的机会清理一遍。",
    "丢单主要输在价格，已和产品部确认阶梯报价；投诉处理及时，满意度保持稳定。",
    "回款进度好于上月，仍有三家客户逾期，请负责人在本月内逐家确认付款日期。",
    "展会带来的机会较多但转化不高，建议先做需求确认再报价；流失预警客户已逐家安排回访。",
)
DRAFTED = "初稿：数据已核对，流失原因部分待补充。"
HOUR = time(17, 59, 59)
"""The end of a working day, after everything else of it."""


@asynccontextmanager
async def acting(ctx: Ctx, user_id: int | None, at: datetime) -> AsyncIterator[Ctx]:
    """Work as one person at a moment."""
    standing = await rbac.standing(ctx.session, user_id) if user_id else None
    if standing is None:
        message = f"The demo company has no person {user_id}."
        raise LookupError(message)
    theirs = replace(ctx, actor=standing.actor, now=at)
    ctx.session.info["ctx"] = theirs
    try:
        yield theirs
        await ctx.session.flush()
    finally:
        ctx.session.info["ctx"] = ctx


async def report(ctx: Ctx, supervisors: Iterable[int]) -> int:
    """Compose and issue the customer reports of the last months; return how many there are."""
    await ctx.session.run_sync(settle)  # what the reports read
    led = select(Department.leader_id, Department.id).where(Department.leader_id.in_(supervisors))
    made = 0
    for leader, department in (await ctx.session.execute(led.order_by(Department.id))).all():
        for back in range(MONTHS, 0, -1):
            month = _month(ctx.today, back)
            issued = _issued(ctx, month) if back > 1 else ctx.now
            async with acting(ctx, leader, issued) as theirs:
                found = _draft(theirs, month, department, COMMENTS[made % len(COMMENTS)] if back > 1 else DRAFTED)
                if back > 1:
                    await periodic.issue(theirs, await _kept(theirs, found), None)
            made += 1
    return made


def _draft(ctx: Ctx, month: date, department: int, comment: str) -> PeriodicReport:
    facts: dict[str, Any] = {"month": month, "department_id": department, "comment": comment, "status": "draft"}
    found = PeriodicReport(**facts, number=number(ctx, "BG", report_numbers), author_id=ctx.actor.id)
    ctx.session.add(found)
    return found


async def _kept(ctx: Ctx, found: PeriodicReport) -> int:
    await ctx.session.flush()
    return found.id


def _month(today: date, back: int) -> date:
    place = today.year * 12 + today.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)


def _issued(ctx: Ctx, month: date) -> datetime:
    """Return the afternoon of the third working day after a month."""
    day, left = _month(month, -1), 3
    while True:
        left -= working(day)
        if not left:
            return datetime.combine(day, HOUR, ctx.timezone)
        day += timedelta(days=1)


async def throw_away(
    ctx: Ctx, at: datetime, made: list[Company], sales: Sales, trade: Trade, done: Help, team: Team
) -> None:
    """Put a few records of each kind into the recycle bin: what nothing hangs on, by the supervisor of who had it.

    Each manager has deleted a contact of their own.
    """
    gone: set[int] = set()
    for place, boss in enumerate(team.supervisors):
        theirs = [company for company in made if team.supervisor_of[company.manager] == boss]
        unused = [row for row in sales.chances if row["status"] == "unassigned" and row["creator_id"] == boss]
        drafts = [one for one in trade.orders if one["status"] == "draft" and _of(theirs, one)]
        contacts = [one for company in theirs for one in company.linkmen if not one["is_primary"]]
        async with acting(ctx, boss, at) as me:
            await chances.delete(me, unused[-1]["id"], 1)
            await linkmen.delete(me, contacts[-1 - place]["id"], 1)
            gone.add(contacts[-1 - place]["id"])
            if drafts:
                await orders.delete(me, drafts[-1]["id"], 1)
            await demo_assets.write_twice(me, theirs[0], team.products)
            if quiet := _quiet(theirs, (*trade.orders, *sales.chances, *done.services)):
                await customer_bin.delete(me, quiet, 1)
    for manager in sorted({company.manager for company in made}):
        theirs = [company for company in made if company.manager == manager]
        contacts = [one for company in theirs for one in company.linkmen if not one["is_primary"]]
        left = next((one["id"] for one in contacts if one["id"] not in gone), None)
        if left is not None:
            async with acting(ctx, manager, at) as me:
                await linkmen.delete(me, left, 1)


def _of(companies: list[Company], row: Row) -> bool:
    return any(company.row["id"] == row["customer_id"] for company in companies)


def _quiet(companies: list[Company], work: Iterable[Row]) -> int | None:
    """Return a customer that never ordered, was never sold to and never asked for anything."""
    busy = {row["customer_id"] for row in work}
    return next((company.row["id"] for company in companies if company.row["id"] not in busy), None)
