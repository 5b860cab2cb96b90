"""Instants that lie on given days of the company: the filters `…_from` and `…_to` of lists."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement

from app.core.ctx import Ctx

A_DAY = timedelta(days=1)


def on_days(ctx: Ctx, column: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """Return the clauses of instants from the first day to the last, both included; None leaves an end open.

    They compare the column itself, so that an index on it serves.
    """
    since = [] if first is None else [column >= ctx.start_of(first)]
    return since + ([] if last is None else [column < ctx.start_of(last + A_DAY)])
