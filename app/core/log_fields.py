"""What the fields of the log hold, read from the columns: an amount is shown as one, an id by the name that it stands for."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Numeric, func, select

from app.core.db import Base
from app.core.items import Takes
from app.core.money import PLACES

Kind = Literal["reference", "item", "money", "fraction", "number", "day", "instant", "boolean", "text"]
LABELS = ("name", "title", "number", "todo")
"""What people know a record by: the first of these that it has, else the name of whose it is."""
OWNERS = ("customer_id", "product_id")
PEOPLE = "sys_user"


@dataclass(frozen=True)
class Held:
    """The kind of a field; the model whose ids it holds, or the types of the dictionary whose items it takes."""

    kind: Kind
    model: Any = None
    takes: tuple[Takes, ...] = ()


@cache
def fields() -> dict[str, dict[str, Held]]:
    """Return entity -> field -> what it holds. Where two tables of an entity share a name, the record's own is meant."""
    found: dict[str, dict[str, Held]] = defaultdict(dict)
    for model in _audited():
        for prop in model.__mapper__.column_attrs:
            found[model.__audit__].setdefault(prop.key, _held(prop.columns[0]))
    return found


@cache
def records() -> dict[str, Any]:
    """Return entity -> the model of the record that its rows name, where people know it by a name."""
    return {model.__audit__: model for model in _audited() if model.__audit_id__ == "id" and label(model) is not None}


def label(model: Any, language: str = "zh") -> Any:
    """Return what people know a record by, in English where it has an English name, or None."""
    name, columns = labelled(model), model.__mapper__.column_attrs
    if name is None or name in OWNERS:
        return None if name is None else _name_of(model, name)
    found = getattr(model, name)
    return func.coalesce(model.name_en, found) if language == "en" and "name_en" in columns else found


def labelled(model: Any) -> str | None:
    """Return the attribute that people know a record by; one of the `OWNERS` where it is known by whose it is."""
    columns = model.__mapper__.column_attrs
    return next((name for name in (*LABELS, *OWNERS) if name in columns), None)


def _name_of(model: Any, via: str) -> Any:
    (key,) = getattr(model, via).property.columns[0].foreign_keys
    name = _by_table()[key.column.table.name].name.property.columns[0]
    return select(name).where(key.column == getattr(model, via)).scalar_subquery()


def _audited() -> list[Any]:
    """Return the models that leave a trace, records before their parts."""
    models = [mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "__audit_id__")]
    return sorted(models, key=lambda model: (model.__audit_id__ != "id", model.__name__))


def _held(column: Column[Any]) -> Held:
    if takes := column.info.get("dict"):
        return Held("item", takes=takes)
    for key in column.foreign_keys:
        model = _by_table().get(key.column.table.name)
        if model is not None and label(model) is not None:
            return Held("reference", model)
    if column.name.endswith("_by") and isinstance(column.type, Integer):
        return Held("reference", _by_table()[PEOPLE])  # who, kept without a key
    return Held(_kind(column.type))


@cache
def _by_table() -> dict[str, Any]:
    return {str(mapper.local_table): mapper.class_ for mapper in Base.registry.mappers}


def _kind(held: Any) -> Kind:
    if isinstance(held, Numeric) and held.scale is not None:
        return "money" if held.scale == PLACES else "fraction"
    kinds: tuple[tuple[type, Kind], ...] = (
        (Boolean, "boolean"), (DateTime, "instant"), (Date, "day"), (Integer, "number"),
    )  # fmt: skip
    return next((kind for of, kind in kinds if isinstance(held, of)), "text")
