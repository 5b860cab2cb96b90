"""How the demo company's rows are written: one statement for a table, past the flush."""

from typing import Any

from sqlalchemy import insert

from app.core.ctx import Ctx
from app.core.derived import complete
from app.demo.company.customers import Row


async def insert_all(ctx: Ctx, model: Any, rows: list[Row]) -> None:
    """Insert rows of one shape in one statement's time (nulls named, else each set of columns is a statement)."""
    statement = insert(model).execution_options(render_nulls=True)
    await ctx.session.execute(statement, [complete(model, row) for row in rows])
