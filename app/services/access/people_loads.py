"""How much work people have: what is open of each, for who is about to give them more."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.prepared import given
from app.core.rows import Row
from app.core.scope import unscoped
from app.core.walks import COUNT_CAP
from app.models.access.users import User
from app.models.care.services import WORKED_ON as SERVICES_AT_WORK
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.sales.chances import WORKED_ON as CHANCES_AT_WORK
from app.models.sales.chances import Chance
from app.schemas.access.people import LoadQuery
from app.services.access import people

OPEN: dict[str, tuple[Any, Any, tuple[str, ...]]] = {
    "customers": (Customer, Customer.manager_id, ("normal", "warning")),
    "chances": (Chance, Chance.assignee_id, CHANCES_AT_WORK),
    "services": (Service, Service.assignee_id, SERVICES_AT_WORK),
}
"""The noun, whose it is, and the states in which it asks for work."""


def _count(name: str) -> ColumnElement[Any]:
    """Return the count of one noun for the person of the row, up to 10,000: one walk of an index."""
    model, person, states = OPEN[name]
    theirs = select(literal(1)).where(person == User.id, model.status.in_(states), model.deleted_at.is_(None))
    inner = theirs.limit(COUNT_CAP).correlate(User).subquery()
    return select(func.count()).select_from(inner).scalar_subquery().label(name)


async def of(ctx: Ctx, query: LoadQuery) -> Sequence[Row]:
    """Return what each of these people has open, of those whom the right of the caller reaches.

    Counts everything that is theirs, also what is outside the caller's scope: it is their work all the same.
    """
    statement: Any = (
        select(User.id, *(_count(name) for name in OPEN))
        .where(one_of(User.id, query.ids), *people.within_reach(ctx, query.within))
        .order_by(User.id)
    )
    return (await ctx.session.execute(unscoped(statement, "numbers of people in reach"), given(ctx))).all()
