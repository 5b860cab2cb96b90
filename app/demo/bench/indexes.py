"""Secondary indexes and foreign keys of tables that are filled in bulk: taken off before, built again after."""

from typing import Any

from sqlalchemy import DDL, Table
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

from app.core.ctx import Ctx


async def take_off(ctx: Ctx, models: tuple[Any, ...]) -> list[Any]:
    """Take off secondary indexes and foreign keys; return what builds them again."""
    again: list[Any] = []
    for model in models:
        table: Table = model.__table__
        for constraint in sorted(table.foreign_key_constraints, key=lambda c: str(c.name)):
            await ctx.session.execute(DropConstraint(constraint))
            again.append(AddConstraint(constraint))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            await ctx.session.execute(DropIndex(index))
            again.append(CreateIndex(index))
    return again


async def put_on(ctx: Ctx, parts: list[Any], models: tuple[Any, ...]) -> None:
    """Build them again, and tell the planner what is in the tables now."""
    for part in [*parts, *(DDL(f"analyze {m.__tablename__}") for m in models)]:  # type: ignore[no-untyped-call]  # of SQLAlchemy
        await ctx.session.execute(part)
