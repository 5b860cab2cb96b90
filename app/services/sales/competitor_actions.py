"""What may be done with a competitor, by whom; what chances name stays, under the code that programs know it by."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid
from app.core.scope import get
from app.core.steps import Block, Step, Steps
from app.core.ways import By
from app.models.access.rbac import Permission as P
from app.models.sales.chances import Chance
from app.models.sales.competitors import Competitor

USED: ColumnElement[bool] = exists().where(Chance.competitor_id == Competitor.id)
"""Whether a chance names it, whoever sees that one and be it in the bin: it may come back."""


class Holding(NamedTuple):
    """What decides who may do what."""

    used: bool


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    return Holding(row["used"])


WRITES = (By(P.competitors_write),)
NAMED = Block(
    lambda _, competitor: competitor.used,
    "Chances name this competitor; disable it instead.",
    lambda _: {"code": "in_use"},
)
STEPS = Steps({"update": Step(None, None, WRITES), "delete": Step(None, None, WRITES, blocks=(NAMED,))})


async def locked(ctx: Ctx, competitor_id: int, step: str, version: int | None = None) -> Competitor:
    """Return the competitor with its row locked, after all that may refuse the step."""
    competitor = await get(ctx, Competitor, competitor_id, lock=True)
    STEPS.check(ctx, step, Holding(used=await used(ctx, competitor_id)), competitor, version)
    return competitor


async def used(ctx: Ctx, competitor_id: int) -> bool:
    """Tell whether a chance names it."""
    return bool(await ctx.session.scalar(select(USED).where(Competitor.id == competitor_id)))


async def keep_code(ctx: Ctx, competitor_id: int) -> None:
    """Raise `Conflict` (409, `code` fixed) where chances name the competitor: programs and links know it by the code that it has."""
    if await used(ctx, competitor_id):
        words = "Chances name this competitor: its code is fixed."
        raise Conflict(words, code="fixed", errors=[{"pointer": "/code", "code": "fixed", "message": words}])


def change(ctx: Ctx, competitor: Competitor) -> None:
    """Give the competitor a new version by the actor: it, or a product of it, is otherwise now."""
    competitor.updated_by = ctx.actor.id
    flag_modified(competitor, "updated_at")


async def named(ctx: Ctx, said: str | int | None, present: int | None) -> int | None:
    """Return the id of the competitor that a body names by its code, or a row of an import by its id.

    It stays there until the end. Raises `Invalid` for one that is not there or, unless the record names it already or
    tells of the past, is met no more.
    """
    if said is None:
        return None
    called = Competitor.id == said if isinstance(said, int) else Competitor.code == said
    statement = select(Competitor.id, Competitor.enabled).where(called, Competitor.deleted_at.is_(None))
    found = (await ctx.session.execute(statement.with_for_update(read=True, key_share=True))).one_or_none()
    if found is None or not (found.enabled or found.id == present or ctx.teller):
        raise Invalid("/competitor", "not_found", "There is no such competitor, or it is disabled.")
    return int(found.id)
