"""Customer reports that compose themselves: in the first days of a month, a draft of the last one for each leader.

Which month was done is kept, so that a draft that its leader threw away does not come back.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.happened import tell_of
from app.core.numbers import number
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.reports.periodic import PeriodicReport, numbers
from app.services.access import rbac
from app.services.access.departments_below import covered
from app.services.base import settings as installation

FIRST_DAYS = 7
"""A worker that was down over the turn of the month still has these days."""
DONE = "periodic.composed"


async def compose(ctx: Ctx) -> None:
    """Compose the drafts of last month, once, and tell their authors; run twice, it changes nothing more.

    A department that has a report of that month already, by whomever, gets none.
    """
    stored = await installation.values(ctx.session)
    month = (ctx.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if stored["periodic.automatic"] != "on" or stored[DONE] == month.isoformat() or ctx.today.day > FIRST_DAYS:
        return
    made = [_draft(ctx, month, department) for department in await _due(ctx, month) if await _reports(ctx, department)]
    ctx.session.add_all(made)
    await ctx.session.flush()
    await tell_of(ctx, "periodic", "draft", made)
    await installation.put(ctx.session, DONE, month.isoformat())


def _draft(ctx: Ctx, month: date, department: Any) -> PeriodicReport:
    facts = {"month": month, "department_id": department.id, "author_id": department.leader_id, "status": "draft"}
    return PeriodicReport(number=number(ctx, "BG", numbers), **facts)


async def _due(ctx: Ctx, month: date) -> Iterable[Any]:
    """Return the led departments that existed in the month and have no report of it; locked against a second run."""
    begun = datetime.combine(ctx.today.replace(day=1), time.min, ctx.timezone)
    led = select(Department.id, Department.name, Department.leader_id)
    led = led.where(Department.leader_id.is_not(None), Department.created_at < begun).order_by(Department.id)
    departments = (await ctx.session.execute(led.with_for_update(key_share=True))).all()
    # Asked only once the lock is held: what a run before us wrote is seen.
    reported = set(await ctx.session.scalars(select(PeriodicReport.department_id).where(PeriodicReport.month == month)))
    return [one for one in departments if one.id not in reported]


async def _reports(ctx: Ctx, department: Any) -> bool:
    """Tell whether the department's leader is there and may issue its report."""
    leader = await rbac.standing(ctx.session, department.leader_id)
    if not leader or not leader.active or not leader.actor.can(P.reports_issue) or not leader.actor.can(P.reports_read):
        return False
    ours = await covered(replace(ctx, actor=leader.actor), P.reports_issue)
    return ours is None or department.id in ours
