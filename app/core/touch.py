"""Derived columns (last contact, next step) move without a new version: nobody's edit goes stale by them."""

from typing import Any

from sqlalchemy import update

from app.core.ctx import Ctx


async def touch(ctx: Ctx, model: Any, row_id: int, **values: Any) -> None:
    """Set derived columns of one row, outside of versioning and the audit log."""
    statement = update(model).where(model.id == row_id).values(**values)
    await ctx.session.execute(statement.execution_options(synchronize_session=False))
