"""The recycle bin: what the caller deleted, and what others deleted where the caller may restore."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, or_, select

from app.core import nouns
from app.core.ctx import Ctx
from app.core.cursor import decode, digest, encode
from app.core.reference import Reference
from app.core.scope import visible
from app.core.search import within
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.schemas.base.recycle_bin import BinQuery


async def page(ctx: Ctx, query: BinQuery) -> dict[str, Any]:
    """List deleted records of one kind, the newest deletion first.

    Who holds recycle:purge sees type, number, name and who deleted, whatever the scope.
    """
    noun = nouns.known()[query.type]
    model, name = noun.model, noun.title
    own = and_(visible(ctx, model, binned=True), model.deleted_by == ctx.actor.id)
    where = [or_(visible(ctx, model, noun.restore, strict=True, binned=True), own)]
    if P.recycle_purge in ctx.actor.rights:
        where = [model.deleted_at.is_not(None)]
    if query.q:
        where.append(within(name, query.q))
    filters = digest({"type": query.type, "q": query.q})
    if query.cursor:
        at, row_id = decode(query.cursor, "bin", filters, datetime)
        where.append(or_(model.deleted_at < at, and_(model.deleted_at == at, model.id < row_id)))
    statement = (
        select(
            model.id, model.version, literal(query.type).label("type"), noun.number.label("number"), name.label("name"),
            model.deleted_at, Reference("deleted_by", User.id, User.name),
        )
        .outerjoin(User, User.id == model.deleted_by)
        .where(*where)
        .order_by(model.deleted_at.desc(), model.id.desc())
        .limit(query.limit + 1)
    )  # fmt: skip
    rows = (await ctx.session.execute(statement.execution_options(scoped="the bin"))).all()
    items = rows[: query.limit]
    more = len(rows) > query.limit
    return {
        "items": items,
        "next_cursor": encode("bin", filters, items[-1].deleted_at, items[-1].id) if more else None,
        "total": None if query.cursor or more else len(items),
        "total_is_exact": None if query.cursor or more else True,
    }
