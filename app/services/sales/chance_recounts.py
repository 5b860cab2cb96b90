"""Counts the sums of chances again, in the terms of `Chance.__sums__` (a test compares the two)."""

from typing import Any

from sqlalchemy import Select, case, func, select

from app.core.ctx import Ctx
from app.core.recounts import Piece, compared, recount
from app.models.sales.chances import OPEN, Chance, ChanceSum

TABLE: Any = ChanceSum.__table__
KEYS = [column.name for column in TABLE.primary_key]
MEASURES = [column.name for column in TABLE.columns if column.name not in KEYS]


@recount(ChanceSum)
async def pieces(_ctx: Ctx) -> list[Piece]:
    """Compare all of them at once: however many chances there are, they add up to few rows."""
    return [compared(TABLE.name, KEYS, MEASURES, TABLE, counted().subquery("counted"))]


def counted() -> Select[Any]:
    """Return the rows of `sal_chance_sum` as the chances give them, in the order of its columns."""
    won, is_open = Chance.status == "succeeded", Chance.status.in_(OPEN)
    timed = won & Chance.first_assigned_on.is_not(None)
    amount, zero = func.coalesce(Chance.amount, 0), 0
    keys: tuple[Any, ...] = (Chance.status, Chance.stage_id, Chance.owner_id)
    measures: tuple[Any, ...] = (
        func.count(),
        func.count().filter(Chance.amount.is_(None)),
        func.sum(amount),
        func.sum(case((is_open, amount * Chance.rate / 100), else_=zero)),
        func.sum(case((won, func.coalesce(Chance.close_value, zero)), else_=zero)),
        func.count().filter(timed),
        func.sum(case((timed, Chance.closed_on - Chance.first_assigned_on), else_=zero)),
    )
    named = [value.label(column.name) for value, column in zip((*keys, *measures), TABLE.columns, strict=True)]
    return select(*named).where(Chance.deleted_at.is_(None)).group_by(*keys)
