"""Statements built once for a shape of rights, and run for everybody whose rights have that shape.

Building and hashing a statement costs more than running it. While one is built, the context stands for
nobody: the actor's id and members are named parameters, and there is no clock and no session to read from,
so what belongs to one person or one moment cannot slip into what the next person runs.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Date, DateTime, Integer, Result, Text, bindparam, literal_column
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.ctx import Actor, Ctx, Reach

ROOM = 1000
"""Statements: shapes times queries are few; who sends ever new combinations of filters empties the store."""
ACTOR = "actor_id"
ROW_ID = bindparam("row_id", type_=BigInteger)
"""The key of the one row that a statement is about."""
TODAY = bindparam("today", type_=Date)
NOW = bindparam("now", type_=DateTime(timezone=True))
"""The company's local date and the moment; always given."""


def written(value: str | int) -> ColumnElement[Any]:
    """Return a word or number of the program, written out in the statement: only so does the planner know what it means.

    A parameter could be anything: it does not choose the small index of what is open, and takes a page for a tenth of the table.
    """
    if isinstance(value, int):
        return literal_column(str(value), Integer)
    if not value.isidentifier():
        message = f"{value!r} is no word of the program: give it as a parameter"
        raise ValueError(message)
    return literal_column(f"'{value}'", Text)


MEMBERS = {reach: f"members_{reach.value}" for reach in (Reach.DEPARTMENT, Reach.DEPARTMENT_TREE)}

BUILT: dict[Hashable, Any] = {}


def prepared(ctx: Ctx, key: Hashable, build: Callable[[Ctx], Any]) -> Any:
    """Return the statement that `build` makes for the shape of the actor's rights; run it with `given(ctx, …)`.

    Args:
        ctx: who asks.
        key: what tells this statement from all others of the program.
        build: makes the statement from a context without a person; whatever differs between two calls
            under one key is a `bindparam` in it.
    """
    whole = (key, ctx.actor.shape)
    found = BUILT.get(whole)
    if found is None:
        if len(BUILT) >= ROOM:
            BUILT.clear()
        found = BUILT[whole] = build(_nobody(ctx))
    return found


async def run(ctx: Ctx, build: Callable[[Ctx], Any], **values: Any) -> Result[*tuple[Any, ...]]:
    """Run the statement that a function of a module builds, and return its result."""
    found: Result[*tuple[Any, ...]] = await ctx.session.execute(prepared(ctx, build, build), given(ctx, **values))
    return found


def given(ctx: Ctx, **values: Any) -> dict[str, Any]:
    """Return the parameters of a prepared statement: the actor's, and those of the caller."""
    found: dict[str, Any] = {ACTOR: ctx.actor.id, "today": ctx.today, "now": ctx.now}
    for reach, name in MEMBERS.items():
        found[name] = list(ctx.actor.members.get(reach, ()))
    return found | values


class _Nothing:
    """What a prepared statement must not know; using it is an error, where None would read as NULL."""

    def __getattr__(self, name: str) -> Any:
        message = f"a statement built once for many cannot use {name} of the call; give it a parameter"
        raise RuntimeError(message)


def _nobody(ctx: Ctx) -> Ctx:
    """Return the context that statements are built in: rights, but no person, no moment and no session."""
    members = {reach: cast("Any", bindparam(name, type_=ARRAY(BigInteger))) for reach, name in MEMBERS.items()}
    actor = Actor(
        id=cast("Any", bindparam(ACTOR, type_=BigInteger)), roles=(), rights=ctx.actor.rights, members=members
    )
    nothing = cast("Any", _Nothing())
    return replace(ctx, actor=actor, session=nothing, now=nothing, timezone=nothing, request_id=nothing, ip=nothing)
