"""What is asked of a report: the period and the one before, and whose rows count.

Rules of the domain, section 6: periods are local dates with both ends included; a share is of the whole filtered set.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from app.core.arrays import one_of
from app.core.ctx import Ctx, Reach
from app.core.errors import Invalid
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.schemas.reports.reports import LONGEST_YEARS, ReportQuery
from app.services.access.departments_below import below
from app.services.reports.period import Period, month_length

WHY = "owners narrowed by the report"
"""Why the statements of reports ask for no scope: it is in `Frame.owned`."""
ON_SCREEN = 200
"""Rows of a ranking that a screen shows; an export has all."""


@dataclass(frozen=True)
class Frame:
    """A question to a report: who asks, about when, and whose rows count (`owners` None: everybody's).

    `most` is how many rows a ranking may have, `reach` whose rows the asker may see, whatever the filters say.
    """

    ctx: Ctx
    query: ReportQuery
    period: Period
    owners: tuple[int, ...] | None
    reach: tuple[int, ...] | None
    most: int = ON_SCREEN

    @property
    def before(self) -> Period:
        """The period that this one is compared with."""
        return self.period.before(self.ctx.today)

    def owned(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the owners that scope, manager and department leave."""
        if self.owners is None:
            return []
        return [one_of(column, self.owners)]

    def seen(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the owners that scope alone leaves."""
        return [] if self.reach is None else [one_of(column, self.reach)]

    def start(self, day: date) -> datetime:
        """Return the moment at which a local day begins."""
        return self.ctx.start_of(day)

    def in_region(self, customer_id: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the region filter over a column that names the customer."""
        if self.query.region is None:
            return []
        there = select(Customer.id).where(Customer.region == self.query.region)
        return [customer_id.in_(there)]


async def frame(ctx: Ctx, query: ReportQuery, most: int | None = None) -> Frame:
    """Resolve the filters of a question against the scope of reports:read."""
    first = query.date_from or (query.date_to or ctx.today).replace(day=1)
    last = query.date_to or max(first, ctx.today)
    if not query.date_from and not query.date_to:
        last = first.replace(day=month_length(first))
    if last.year - first.year > LONGEST_YEARS:
        raise Invalid("/date_from", "too_long", f"A period has at most {LONGEST_YEARS} years.")
    reach = _reach(ctx)
    rows = ON_SCREEN if most is None else most
    return Frame(ctx, query, Period(first, last), _as_tuple(await _owners(ctx, query, reach)), _as_tuple(reach), rows)


def _reach(ctx: Ctx) -> set[int] | None:
    """Return the people whose rows reports:read reaches; None: everybody's."""
    reach = ctx.actor.rights[P.reports_read]
    if reach is Reach.ALL:
        return None
    return {ctx.actor.id} if reach is Reach.OWN else {*ctx.actor.members[reach], ctx.actor.id}


async def _owners(ctx: Ctx, query: ReportQuery, found: set[int] | None) -> set[int] | None:
    """Narrow them by the filters."""
    if query.department_id is not None:
        inside = await members(ctx, query.department_id)
        found = inside if found is None else found & inside
    if query.manager_id is not None:
        found = {query.manager_id} if found is None else found & {query.manager_id}
    return found


def _as_tuple(found: set[int] | None) -> tuple[int, ...] | None:
    return None if found is None else tuple(sorted(found))


async def members(ctx: Ctx, department_id: int) -> set[int]:
    """Return the ids of the people of a department and of all below it."""
    found = await ctx.session.scalars(select(User.id).where(User.department_id.in_(below(department_id))))
    return set(found)
