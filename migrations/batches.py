"""Work on the rows of a large table: a batch is a transaction of its own and notes in it how far it came.

Who is killed goes on behind the last batch, and who writes beside waits for one batch at most. The note stands among the
settings until `finish`.
"""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, text

AT_ONCE = 2_000
"""Rows of a batch: some tenths of a second, in which nobody else changes these rows."""
TOLD_EVERY = 50_000
WAITS = "set local lock_timeout = '30s'"
READ = text("select set_value from sys_setting where set_name = :name")
PUT = text(
    "insert into sys_setting (set_name, set_value) values (:name, cast(:value as jsonb)) "
    "on conflict (set_name) do update set set_value = excluded.set_value"
)
FORGET = text("delete from sys_setting where set_name = :name")
Change = Callable[[Connection, Sequence[Any]], int]
"""Changes the rows of a batch and returns how many texts it changed."""


def walk(connection: Connection, note: str, table: str, key: str, columns: Sequence[str], change: Change) -> None:
    """Hand all rows of a table to `change`, a range of keys at a time; what the note says is done is not done again."""
    select = text(
        f"select {key}, {', '.join(columns)} from {table} where {key} > :after order by {key} "
        f"limit {AT_ONCE} for no key update"
    )
    rows, seen = [None] * AT_ONCE, 0
    while len(rows) == AT_ONCE:
        with connection.engine.begin() as own:
            own.exec_driver_sql(WAITS)
            done = _noted(own, note)
            state = done.get(table) or {"after": 0, "changed": 0}
            if state["after"] is None:
                return
            rows = list(own.execute(select, {"after": state["after"]}))
            state["changed"] += change(own, rows) if rows else 0
            state["after"] = rows[-1][0] if len(rows) == AT_ONCE else None
            put(own, note, done | {table: state})
        seen += len(rows)
        if seen % TOLD_EVERY == 0 and rows:
            _tell(f"{table}: {seen} rows looked at")


def put(connection: Connection, name: str, value: dict[str, Any]) -> None:
    """Store a setting."""
    connection.execute(PUT, {"name": name, "value": json.dumps(value)})


def finish(connection: Connection, note: str) -> dict[str, int]:
    """Take the note away; return how many texts were changed by table."""
    done = _noted(connection, note)
    connection.execute(FORGET, {"name": note})
    return {table: state["changed"] for table, state in done.items() if state["changed"]}


def _noted(connection: Connection, note: str) -> dict[str, Any]:
    return dict(connection.scalar(READ, {"name": note}) or {})


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")  # standard output belongs to whoever asked for the migration
