"""Open chances by the month in which they are expected to close: what is late, six months, later, and without a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from app.core.ctx import Ctx
from app.core.scope import visible
from app.models.sales.chances import OPEN, Chance
from app.schemas.sales.chances import ChanceQuery
from app.services.sales.chances import listing, tab

MONTHS = 6
CARDS = 50
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A column: its days, both ends included; an open end is None, and `none` has no days at all."""

    key: str
    first: date | None = None
    last: date | None = None

    @property
    def clause(self) -> ColumnElement[bool]:
        """Return the predicate of the chances that stand here."""
        if self.key == "none":
            return Chance.expected_close_date.is_(None)
        bounds = (self.first, Chance.expected_close_date.__ge__), (self.last, Chance.expected_close_date.__le__)
        return and_(*(compare(day) for day, compare in bounds if day))


def within(query: ChanceQuery, span: Span) -> dict[str, Any]:
    """Return the filters of the list that mean the chances of a column, those of the query kept."""
    place: dict[str, Any] = {
        "status": [one for one in OPEN if not query.status or one in query.status],
        "sort": "expected_close_date",
    }
    if span.key == "none":
        return place | {"without_close_date": True}
    firsts = [day for day in (query.close_from, span.first) if day]
    lasts = [day for day in (query.close_to, span.last) if day]
    return place | {"close_from": max(firsts, default=None), "close_to": min(lasts, default=None)}


def spans(today: date) -> Iterator[Span]:
    """Yield the columns around a day: the days of this month that have passed are late."""
    yield Span("overdue", None, today - A_DAY)
    first = today
    for _ in range(MONTHS):
        after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Span(f"{first:%Y-%m}", first, after - A_DAY)
        first = after
    yield Span("later", first, None)
    yield Span("none")


async def timeline(ctx: Ctx, query: ChanceQuery) -> dict[str, Any]:
    """Return the columns under the list's filters, each with its first cards, the nearest day first."""
    more = [tab(ctx, query.tab)] if query.tab else []
    columns = list(spans(ctx.today))
    place = case(*((span.clause, literal(span.key)) for span in columns)).label("place")
    amount = func.coalesce(Chance.amount, 0)
    sums = (
        select(
            place, func.count().label("count"), func.sum(amount).label("amount"),
            func.sum(amount * Chance.rate / literal(Decimal(100))).label("weighted"),
        )
        .where(visible(ctx, Chance), *listing.where(ctx, query), *more, Chance.status.in_(OPEN))
        .group_by("place")
    )  # fmt: skip
    found = {row.place: row for row in await ctx.session.execute(sums.execution_options(scoped="visible"))}
    return {"columns": [await _column(ctx, query, more, span, found.get(span.key)) for span in columns]}


async def _column(ctx: Ctx, query: ChanceQuery, more: list[Any], span: Span, sums: Any) -> dict[str, Any]:
    page: Any = {"items": [], "next_cursor": None}
    if sums:
        # Asked for as the list is asked for more: the cursor of a column goes on there.
        column = query.model_copy(update={"limit": CARDS, **within(query, span)})
        page = await listing.page(ctx, column, *more, counted=False)
    return {
        "key": span.key,
        "first": span.first,
        "last": span.last,
        "count": sums.count if sums else 0,
        "amount": sums.amount if sums else Decimal(0),
        "weighted": sums.weighted if sums else Decimal(0),
        "items": page["items"],
        "next_cursor": page["next_cursor"],
    }
