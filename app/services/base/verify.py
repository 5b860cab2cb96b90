"""`crm verify`: counts again what is kept, in the database, and tells where the two differ.

Piece by piece, so that neither a statement nor its answer grows with the company.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from app.core.ctx import Ctx
from app.core.repeated import Repeated, everywhere
from app.services.base import verify_chances, verify_orders, verify_stock
from app.services.base.verify_pieces import Piece, ranges

PATIENCE = "5min"
"""For one piece: what takes a second here may wait behind much else on a full machine, but not for ever."""
Tell = Callable[[int, int], None]


async def sums(ctx: Ctx, tell: Tell = lambda _done, _of: None) -> list[str]:
    """Recount everything that is kept; return a line for each value that is wrong. `tell` hears of pieces done, of all."""
    await ctx.session.execute(select(func.set_config("statement_timeout", PATIENCE, true())))
    pieces = [piece for check in CHECKS for piece in await check(ctx)]
    wrong: list[str] = []
    for done, piece in enumerate(pieces, start=1):
        wrong += await piece.wrong(ctx)
        tell(done, len(pieces))
    return wrong


async def _owners(ctx: Ctx) -> list[Piece]:
    """Compare the columns that repeat another record's owner with that record's own."""
    return [_repeated(one, rows) for one in everywhere() for rows in await ranges(ctx, one.model.id)]


def _repeated(one: Repeated, some: ColumnElement[bool]) -> Piece:
    column, own = getattr(one.model, one.attribute), getattr(one.source, one.owner)
    rows: Any = select(one.model.id, column.label("kept"), own.label("own"))
    rows = rows.join(one.source, one.source.id == getattr(one.model, one.via))
    rows = rows.where(some, column.is_distinct_from(own), *one.open()).order_by(one.model.id)
    name, whose = f"{one.model.__tablename__} {{}} {column.property.columns[0].name}", one.via.removesuffix("_id")
    return Piece(rows, lambda row: f"{name.format(row.id)}: kept {row.kept}, {whose} {row.own}")


CHECKS: tuple[Callable[[Ctx], Awaitable[list[Piece]]], ...] = (
    verify_chances.pieces,
    verify_orders.sums,
    verify_orders.amounts,
    verify_orders.deliveries,
    verify_stock.promises,
    verify_stock.holdings,
    verify_stock.arrivals,
    _owners,
)
