"""Records by what rows of an import call them, found in one statement for each purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, cast, false, func, literal, null, or_, select, union_all

from app.core.ctx import Ctx
from app.core.log_fields import LABELS
from app.core.scope import SCOPED
from app.schemas.imports.keys import OWN

ACROSS = {SCOPED: "imports reach all rows (their right is held for all, checked at the door)"}
Key = tuple[str, str]
"""An attribute and its value, as text: `("external_id", "c1")`, `("id", "7")`, `("user_name", "ann")`."""


@dataclass(frozen=True)
class Known:
    """A record that rows refer to; `above` is the customer of a contact or a chance."""

    id: int
    name: str
    above: int | None = None


def key_of(value: Any, model: Any) -> Key:
    """Return the key that a reference says: a text is an external id, of what records name by a code that code."""
    if isinstance(value, str):
        return getattr(model, "__named_by__", "external_id"), value
    (name,) = type(value).model_fields
    return name, _text(name, getattr(value, name))


def own_key(row: Any) -> Key | None:
    """Return the key of the record that a row is of."""
    given = ((name, getattr(row, name, None)) for name in OWN)
    return next(((name, _text(name, value)) for name, value in given if value is not None), None)


def _text(name: str, value: Any) -> str:
    return str(value).lower() if name == "user_name" else str(value)


def _column(model: Any, name: str) -> ColumnElement[Any]:
    return func.lower(model.user_name) if name == "user_name" else getattr(model, name)


def _values(keys: Iterable[Key]) -> dict[str, set[Any]]:
    """Return the values of keys by attribute, as the columns hold them."""
    found: dict[str, set[Any]] = {}
    for name, value in keys:
        found.setdefault(name, set()).add(int(value) if name == "id" else value)
    return found


async def present(ctx: Ctx, model: Any, keys: Iterable[Key]) -> dict[Key, Any]:
    """Return the records that rows are of, locked in the order of their ids, those in the recycle bin too."""
    wanted = _values(keys)
    statement = select(model).where(_named(model, wanted)).order_by(model.id).with_for_update()
    return _by_key(await ctx.session.scalars(statement, execution_options=ACROSS) if wanted else (), wanted)


async def found(ctx: Ctx, model: Any, keys: Iterable[Key], *columns: Any) -> dict[Key, Any]:
    """Return columns of the records that rows refer to, those of their keys among them."""
    wanted = _values(keys)
    statement = select(*columns).where(_named(model, wanted))
    return _by_key(await ctx.session.execute(statement, execution_options=ACROSS) if wanted else (), wanted)


def _named(model: Any, wanted: Mapping[str, set[Any]]) -> ColumnElement[bool]:
    return or_(false(), *(_column(model, name).in_(values) for name, values in wanted.items()))


def _by_key(rows: Iterable[Any], names: Iterable[str]) -> dict[Key, Any]:
    return {(name, _text(name, value)): row for row in rows for name in names if (value := getattr(row, name))}


async def known(ctx: Ctx, wanted: Mapping[Any, set[Key]]) -> dict[tuple[Any, Key], Known]:
    """Look up every record that rows refer to, in one statement; what lies in the recycle bin is not there."""
    places = [(model, name, values) for model, keys in wanted.items() for name, values in _values(keys).items()]
    if not places:
        return {}
    parts = [_part(place, *one) for place, one in enumerate(places)]
    found = await ctx.session.execute(union_all(*parts), execution_options=ACROSS)
    return {
        (places[n][0], (places[n][1], value)): Known(row_id, name, above) for n, value, row_id, name, above in found
    }


def _part(place: int, model: Any, name: str, values: set[Any]) -> Select[Any]:
    label = next(getattr(model, one) for one in LABELS if hasattr(model, one))
    above = getattr(model, "customer_id", cast(null(), BigInteger))
    column = _column(model, name)
    part = select(literal(place), cast(column, Text), model.id, cast(label, Text), above)
    alive = [model.deleted_at.is_(None)] if hasattr(model, "deleted_at") else []
    return part.where(column.in_(values), *alive)
