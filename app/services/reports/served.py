"""Which services the analysis of services counts, and which of them were late, rated, or settled at once."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.models.care.services import Service, ServiceRound
from app.services.reports.frame import Frame
from app.services.reports.period import Period

STATES = ("created", "assigned", "dealt", "archived")
FILTERS = ("type", "category", "product_id")
"""What this analysis can be narrowed to besides what all can; together they cross category, product and month."""


def month(frame: Frame) -> ColumnElement[str]:
    """Return the local month (`2026-03`) in which a service was created."""
    return func.to_char(func.timezone(frame.ctx.timezone.key, Service.opened_at), "YYYY-MM")


def where(frame: Frame, period: Period) -> list[ColumnElement[bool]]:
    """Return the clauses of the services that the report counts."""
    clauses = [Service.deleted_at.is_(None), Service.status != "void", *period.instants(frame.ctx, Service.opened_at)]
    asked = {name: getattr(frame.query, name) for name in FILTERS}
    clauses += [getattr(Service, name) == value for name, value in asked.items() if value is not None]
    return [*clauses, *frame.owned(Service.owner_id), *frame.in_region(Service.customer_id)]


def overdue(frame: Frame) -> ColumnElement[bool]:
    """Return the clause of what is past its deadline and not dealt with, or was dealt with after it, in any round."""
    waiting = and_(Service.status.in_(("created", "assigned")), Service.deadline < frame.ctx.now)
    late = ServiceRound.dealt_at > Service.deadline
    again = exists().where(ServiceRound.service_id == Service.id, late).correlate(Service)
    # Only who was reopened has more rounds than the first, whose moment the service itself tells.
    return or_(waiting, Service.first_dealt_at > Service.deadline, and_(Service.reopen_count > 0, again))


def rated() -> ColumnElement[bool]:
    """Return the clause of services whose last round has a value: what is dealt with awaits one, old values do not count."""
    return and_(Service.satisfaction.is_not(None), Service.status != "dealt")


def once() -> ColumnElement[bool]:
    """Return the clause of what was archived without being opened again."""
    return and_(Service.status == "archived", Service.reopen_count == 0)


def pairs(frame: Frame, period: Period) -> Select[int, str, int]:
    """Return a select of (customer_id, type, n): how often a customer had the same service, twice at least."""
    n = func.count().label("n")
    statement = select(Service.customer_id, Service.type, n).where(*where(frame, period))
    return statement.group_by(Service.customer_id, Service.type).having(func.count() > 1)
