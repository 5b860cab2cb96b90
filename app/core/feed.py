"""Which records a transaction changes, noted for programs that mirror them: rows of `sys_change`, written by `closing`.

A row says that a record changed, not what; where somebody may see it no longer, rows say who saw it before. What goes
through the mappers is heard at each flush (`flush.feed`); `log_all` tells of what is changed past them, `readers` of what is
deleted for good.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.core import late
from app.core.db import Base
from app.core.orm import Stamped
from app.core.owners import Owned, declared

OWNER, NAMED = "owner", "named"


def note(session: Session, noun: str, row_id: int, kind: str | None = None, was: int | None = None) -> None:
    """Note one change of a record."""
    row = {"chg_entity": noun, "chg_entity_id": row_id, "chg_kind": kind, "chg_was": was}
    late.note(session, "sys_change", row)


@cache
def records() -> dict[str, Any]:
    """Return noun -> the class of its records, of all whose rows have a version."""
    return {one.class_.__audit__: one.class_ for one in Base.registry.mappers if is_record(one.class_)}


def is_record(model: Any) -> bool:
    """Tell whether rows of a class are records of their own, not parts of one."""
    return issubclass(model, Stamped) and getattr(model, "__audit_id__", "") == "id"


@cache
def owners(model: Any) -> tuple[str, ...]:
    """Return the attributes of which the first that is set names the owner."""
    column = getattr(model, model.__scope__.owner).property.columns[0]
    if column.computed is None:
        return (str(model.__scope__.owner),)
    named = re.findall(r"\w+", str(column.computed.sqltext))
    mapper, known = inspect(model), model.__table__.columns
    return tuple(mapper.get_property_by_column(known[name]).key for name in named if name in known)


def note_all(session: Session, noun: str, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Note records that were changed past the flush: id -> attribute -> [before, after]."""
    model = records().get(noun)
    scope = declared(model) if model else None
    names = owners(model) if isinstance(scope, Owned) else ()
    for row_id, changed in changes.items():
        moved = next((changed[name][0] for name in names if name in changed), None)
        note(session, noun, row_id, OWNER if moved else None, moved)
