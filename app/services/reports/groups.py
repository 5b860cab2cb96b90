"""Rows measured by several of their columns at once, in one statement."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from app.core.scope import unscoped
from app.services.reports.frame import WHY, Frame

Rows = dict[Any, list[Any]]
"""Values by the key of a row."""
WHOLE = "whole"


async def each_way(
    frame: Frame, facts: Select[Any], keys: Sequence[str], measures: Callable[[Any], list[Any]]
) -> dict[str, Rows]:
    """Measure rows grouped by each of some columns, and all together (`WHOLE`, key None): one statement reads them once.

    `facts` selects the rows, `measures` makes aggregates of its columns.
    """
    each = facts.subquery().c
    columns = [each[key] for key in keys]
    sets = func.grouping_sets(tuple_(), *(tuple_(column) for column in columns))
    statement = select(func.grouping(*columns), *columns, *measures(each)).group_by(sets)
    found: dict[str, Rows] = {name: {} for name in (WHOLE, *keys)}
    for mask, *values in await frame.ctx.session.execute(unscoped(statement, WHY)):
        name, key = _group(mask, keys, values)
        found[name][key] = values[len(keys) :]
    return found


def _group(mask: int, keys: Sequence[str], values: Sequence[Any]) -> tuple[str, Any]:
    """Read GROUPING(): a bit for each column, the first one highest, unset where the row is a group of that column."""
    for place, key in enumerate(keys):
        if not mask >> (len(keys) - 1 - place) & 1:
            return key, values[place]
    return WHOLE, None
