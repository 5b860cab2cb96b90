"""`crm verify`: counts again what is kept, in the database, and tells where the two differ.

Piece by piece, so that neither a statement nor its answer grows with the company.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from app.core.ctx import Ctx
from app.core.db import Base
from app.models.customers.customer_followers import FOLLOWERS, Follower
from app.models.customers.customers import Customer
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


async def _managers(ctx: Ctx) -> list[Piece]:
    """Compare the columns that repeat a customer's manager with the customer's own."""
    return [
        _repeated(follower, rows)
        for follower in FOLLOWERS
        for rows in await ranges(ctx, Base.metadata.tables[follower.table].primary_key.columns[0])
    ]


def _repeated(follower: Follower, some: ColumnElement[bool]) -> Piece:
    table: Any = Base.metadata.tables[follower.table]
    number, repeated = table.primary_key.columns[0], table.c[follower.manager]
    rows: Any = select(number.label("row"), repeated.label("kept"), Customer.manager_id.label("own")).join(
        Customer, Customer.id == table.c[follower.customer]
    )
    rows = rows.where(some, repeated.is_distinct_from(Customer.manager_id)).order_by(number)
    if follower.unless:
        rows = rows.where(table.c[follower.unless].is_(None))
    return Piece(rows, lambda row: f"{table.name} {row.row} {repeated.name}: kept {row.kept}, customer {row.own}")


CHECKS: tuple[Callable[[Ctx], Awaitable[list[Piece]]], ...] = (
    verify_chances.pieces,
    verify_orders.sums,
    verify_orders.amounts,
    verify_orders.deliveries,
    verify_stock.promises,
    verify_stock.holdings,
    verify_stock.arrivals,
    _managers,
)
