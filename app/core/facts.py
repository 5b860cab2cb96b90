"""What records of a noun tell: the kind of each fact, what it may be, and what a caller can do with it.

Nothing of it is listed. A key of the noun's read is a fact when a column of its list or of its table stands behind it;
what is none (parts of a record, what is worked out for one alone) is named in its declaration as particular.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from sqlalchemy import Numeric, inspect
from sqlalchemy.orm import Bundle

from app.core.db import Base
from app.core.log_fields import PEOPLE
from app.core.money import PLACES
from app.core.types import Ref

if TYPE_CHECKING:
    from app.core.nouns import Noun

Kind = Literal[
    "reference", "person", "item", "choice", "choices", "flag", "number", "money", "fraction", "day", "instant", "text"
]
FRAME = frozenset({"id", "version", "allowed_actions"})
"""What every read has and no person reads."""
SCHEMAS = ("Read", "Row", "Write", "Patch", "Query")
PLAIN: tuple[tuple[type, Kind], ...] = (
    (bool, "flag"), (int, "number"), (datetime, "instant"), (date, "day"), (str, "text"),
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A fact of a noun.

    `noun` is the kind of record that a reference leads to, `types` are those of the dictionary whose items it takes,
    `choices` the closed list of its values. `many`: its filter takes several. `fixed`: it is said once, when the record
    is made. `guarded`: it has a right of its own.
    """

    key: str
    kind: Kind
    noun: str | None = None
    types: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    listed: bool = False
    sorted: bool = False
    filtered: bool = False
    many: bool = False
    written: bool = False
    required: bool = False
    fixed: bool = False
    guarded: bool = False


def schemas(noun: "Noun") -> dict[str, Any]:
    """Return the schemas of a noun that there are, by what they are for: they stand beside the query of its list and are named like it."""
    query = noun.listing.query
    of, module = query.__name__.removesuffix("Query"), sys.modules[query.__module__]
    found = {purpose: getattr(module, of + purpose, None) for purpose in SCHEMAS}
    return {purpose: schema for purpose, schema in found.items() if schema is not None}


@cache
def facts(noun: "Noun") -> dict[str, Fact]:
    """Return the facts of a noun by their keys, in the order of its read."""
    return {key: fact for key in schemas(noun)["Read"].model_fields if (fact := _fact(noun, key)) is not None}


def particulars(noun: "Noun") -> set[str]:
    """Return the keys of a noun's read that are no facts, for nothing that a list could show stands behind them."""
    flag = {noun.guarded.flag} if noun.guarded else set()
    return set(schemas(noun)["Read"].model_fields) - facts(noun).keys() - FRAME - flag


def _fact(noun: "Noun", key: str) -> Fact | None:
    behind = _behind(noun, key)
    if behind is None or key in FRAME:
        return None
    of = schemas(noun)
    annotations = [schema.model_fields[key].annotation for schema in of.values() if key in schema.model_fields]
    types = tuple(takes.type for takes in getattr(behind, "info", {}).get("dict", ()))
    choices = tuple(dict.fromkeys(text for annotation in annotations for text in _literals(annotation)))
    target = _target(behind)
    kind = _kind(annotations[0], behind, target, types, choices)
    if kind is None:
        return None
    names = {key, f"{key}_id"}
    write, patch, query = (
        next((field for name in names if (field := _field(of.get(purpose), name)) is not None), None)
        for purpose in ("Write", "Patch", "Query")
    )
    filtered = not names.isdisjoint(noun.listing.filters)
    return Fact(
        key,
        kind,
        noun=target.__audit__ if target is not None and kind in {"reference", "person"} else None,
        types=types,
        choices=choices if kind in {"choice", "choices"} else (),
        listed=key in of["Row"].model_fields,
        sorted=key in noun.listing.sorts,
        filtered=filtered,
        many=filtered and query is not None and list in set(_held(query.annotation)),
        written=write is not None or patch is not None,
        required=write is not None and write.is_required(),
        fixed=write is not None and patch is None and "Patch" in of,
        guarded=noun.guarded is not None and key in noun.guarded.fields,
    )


def _field(schema: Any, name: str) -> Any:
    return schema.model_fields.get(name) if schema is not None else None


def _behind(noun: "Noun", key: str) -> Any:
    """Return what stands behind a key: the column of the list that bears its name, else that of the table."""
    listed = next((column for column in noun.listing.columns if _name(column) == key), None)
    if listed is not None and not isinstance(listed, Bundle):
        return getattr(listed, "element", listed) if not hasattr(listed, "property") else listed.property.columns[0]
    columns = noun.model.__mapper__.column_attrs
    own = next((columns[name].columns[0] for name in (key, f"{key}_id") if name in columns), None)
    return listed if listed is not None else own


def _name(column: Any) -> str:
    return str(getattr(column, "key", None) or column.name)


def _target(behind: Any) -> Any:
    """Return the model that a reference leads to."""
    if isinstance(behind, Bundle):
        return inspect(next(iter(behind.exprs))._annotations["parententity"]).mapper.class_  # noqa: SLF001
    tables = {key.column.table.name for key in getattr(behind, "foreign_keys", ())}
    if not tables and str(getattr(behind, "name", "")).endswith("_by"):
        tables = {PEOPLE}  # who, kept without a key
    return next((one.class_ for one in Base.registry.mappers if str(one.local_table) in tables), None)


def _kind(annotation: Any, behind: Any, target: Any, types: tuple[str, ...], choices: tuple[str, ...]) -> Kind | None:
    """Return the first kind that fits what an annotation allows, None for what is no single value."""
    held = set(_held(annotation))
    parts = any(isinstance(one, type) and issubclass(one, BaseModel) for one in held - {Ref})
    fine = isinstance(kind := getattr(behind, "type", None), Numeric) and kind.scale not in {None, PLACES}
    fits: tuple[tuple[bool, Kind | None], ...] = (
        (parts or (list in held and not held <= {list, str}), None),
        (list in held, "choices"),
        (Ref in held, "person" if getattr(target, "__tablename__", "") == PEOPLE else "reference"),
        (bool(types), "item"),
        (bool(choices) and held <= {str}, "choice"),
        (Decimal in held, "fraction" if fine else "money"),
    )
    plain = next((name for one, name in PLAIN if one in held), None)
    return next((kind for holds, kind in fits if holds), plain)


def _held(annotation: Any) -> Iterator[Any]:
    """Yield the plain types that an annotation allows, null left out; the texts of a closed list are text."""
    origin = get_origin(annotation)
    if origin is Literal:
        yield str
    elif origin is list:
        yield list
        yield from _held(get_args(annotation)[0])
    elif origin is Annotated:
        yield from _held(get_args(annotation)[0])
    elif origin is Union or str(origin) == "<class 'types.UnionType'>":
        for one in get_args(annotation):
            yield from _held(one)
    elif annotation is not type(None):
        yield annotation


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (value for value in get_args(annotation) if isinstance(value, str))
        return
    for one in get_args(annotation):
        if not isinstance(one, str):
            yield from _literals(one)
