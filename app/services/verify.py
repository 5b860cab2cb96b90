"""`crm verify`: counts again what is kept, and tells where the two differ."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select

from app.core.ctx import Ctx
from app.core.db import Base
from app.core.scope import unscoped
from app.core.sums import KeptSum

AT_A_TIME = 5_000


async def sums(ctx: Ctx) -> list[str]:
    """Recount every kept sum; return a line for each that is wrong."""
    wrong: list[str] = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        kept: KeptSum | None = getattr(mapper.class_, "__sums__", None)
        if kept:
            counted, stored = await _count(ctx, mapper.class_, kept), await _stored(ctx, kept)
            wrong += [
                f"{kept.table().name} {dict(key)}: kept {stored[key]}, counted {counted[key]}"
                for key in sorted(counted.keys() | stored.keys(), key=str)
                if counted[key] != stored[key]
            ]
    return wrong


Sums = defaultdict[tuple[tuple[str, Any], ...], dict[str, Decimal]]


async def _count(ctx: Ctx, model: type[Base], kept: KeptSum) -> Sums:
    counted = _empty()
    columns = [inspect(model).attrs[name].class_attribute for name in kept.reads]
    everything = unscoped(select(*columns), "sums are kept of every row")
    rows = await ctx.session.stream(everything.execution_options(yield_per=AT_A_TIME))
    async for row in rows:
        part = kept.parts(dict(zip(kept.reads, row, strict=True)))
        if part:
            sums = counted[tuple(sorted(part[0].items()))]
            for measure, value in part[1].items():
                sums[measure] = sums.get(measure, Decimal(0)) + Decimal(value)
    return _without_zeros(counted)


async def _stored(ctx: Ctx, kept: KeptSum) -> Sums:
    table = kept.table()
    keys = {column.name for column in table.primary_key}
    stored = _empty()
    for row in (await ctx.session.execute(select(table))).mappings():
        key = tuple(sorted((name, value) for name, value in row.items() if name in keys))
        stored[key] = {name: Decimal(value) for name, value in row.items() if name not in keys}
    return _without_zeros(stored)


def _empty() -> Sums:
    return defaultdict(dict)


def _without_zeros(sums: Sums) -> Sums:
    """Drop what is zero: a key that was emptied and one that never was say the same."""
    kept = _empty()
    for key, measures in sums.items():
        if filled := {name: value for name, value in measures.items() if value}:
            kept[key] = filled
    return kept
