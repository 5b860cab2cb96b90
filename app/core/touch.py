"""Derived columns (last contact, next step) move without a new version: nobody's edit goes stale by them."""

from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, update

from app.core.ctx import Ctx
from app.core.prepared import ROW_ID


def touching(model: Any, **values: Any) -> Update:
    """Return the statement that sets derived columns of the row `ROW_ID`, to be built once; whatever differs is a parameter."""
    statement = update(model).where(model.id == ROW_ID).values(**values)
    return statement.execution_options(synchronize_session=False)


async def touch(ctx: Ctx, model: Any, row_id: int, **values: Any) -> None:
    """Set derived columns of one row to these values, outside of versioning and the audit log."""
    await move(ctx, _setting(model, *values), row_id, **{f"to_{name}": value for name, value in values.items()})


async def move(ctx: Ctx, statement: Update, row_id: int, **parameters: Any) -> None:
    """Run what `touching` built, as `touch`."""
    await ctx.session.execute(statement, {"row_id": row_id, **parameters})


@cache
def _setting(model: Any, *names: str) -> Update:
    return touching(model, **{name: bindparam(f"to_{name}", type_=getattr(model, name).type) for name in names})
