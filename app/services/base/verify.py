"""`crm verify`: counts again what is kept, in the database, and tells where the two differ. What, each noun says (`core.recounts`).

Piece by piece, so that neither a statement nor its answer grows with the company.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from app import services
from app.core.ctx import Ctx
from app.core.recounts import Piece, checks, ranges, recount
from app.core.repeated import Repeated, everywhere

PATIENCE = "5min"
"""For one piece: what takes a second here may wait behind much else on a full machine, but not for ever."""
Tell = Callable[[int, int], None]


async def sums(ctx: Ctx, tell: Tell = lambda _done, _of: None) -> list[str]:
    """Recount everything that is kept; return a line for each value that is wrong. `tell` hears of pieces done, of all."""
    services.load()
    await ctx.session.execute(select(func.set_config("statement_timeout", PATIENCE, true())))
    pieces = [piece for check in checks() for piece in await check(ctx)]
    wrong: list[str] = []
    for done, piece in enumerate(pieces, start=1):
        wrong += await piece.wrong(ctx)
        tell(done, len(pieces))
    return wrong


@recount()
async def owners(ctx: Ctx) -> list[Piece]:
    """Compare the columns that repeat another record's owner with that record's own."""
    return [_repeated(one, rows) for one in everywhere() for rows in await ranges(ctx, one.model.id)]


def _repeated(one: Repeated, some: ColumnElement[bool]) -> Piece:
    column, own = getattr(one.model, one.attribute), getattr(one.source, one.owner)
    rows: Any = select(one.model.id, column.label("kept"), own.label("own"))
    rows = rows.join(one.source, one.source.id == getattr(one.model, one.via))
    rows = rows.where(some, column.is_distinct_from(own), *one.open()).order_by(one.model.id)
    name, whose = f"{one.model.__tablename__} {{}} {column.property.columns[0].name}", one.via.removesuffix("_id")
    return Piece(rows, lambda row: f"{name.format(row.id)}: kept {row.kept}, {whose} {row.own}")
