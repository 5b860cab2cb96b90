"""The row of a noun that has no past to tell: its record as it is written down by hand, named and naming others by keys."""

from typing import Annotated, Any

from pydantic import create_model
from pydantic.fields import FieldInfo

from app.core.external import NAME
from app.schemas.imports.imports import ImportRow, NumberedRow
from app.schemas.imports.keys import NumberedKey, PersonKey, ProductKey, RecordKey
from app.schemas.imports.spots import FIRM

ID, KEY = "_id", "_external_id"
KEYS: tuple[tuple[str, Any], ...] = (("user_name", PersonKey), ("number", NumberedKey), ("code", ProductKey))
"""What a record may be named by besides its ids, where it has that."""


def row_of(noun: str, write: Any, targets: dict[str, Any]) -> type[ImportRow]:
    """Return the row of a noun whose records are written down by such a body.

    `targets`: the fields of ids -> the models whose ids they are; in a row their records are named. What a record cannot be
    without may be left out of the row of one that is here.
    """
    fields = dict(_field(name, field, targets) for name, field in write.model_fields.items() if name != NAME)
    base: type[ImportRow] = NumberedRow if "number" in fields else ImportRow
    return create_model(
        write.__name__.removesuffix("Write") + "Import",
        __base__=base,
        __module__=__name__,
        __doc__=f"A row of {noun.replace('_', ' ')}, as one is written down; what is left out of one that is here stays.",
        **fields,
    )


def _field(name: str, field: FieldInfo, targets: dict[str, Any]) -> tuple[str, Any]:
    firm = (FIRM,) if field.is_required() else ()
    if name in targets:
        key = next((kind for own, kind in KEYS if hasattr(targets[name], own)), RecordKey)
        return name.removesuffix(ID) + KEY, (_annotated(key | None, firm), None)
    kind = _annotated(field.annotation, tuple(field.metadata))
    return name, (_annotated(kind | None, firm), None) if firm else (kind, field.default)


def _annotated(kind: Any, more: tuple[Any, ...]) -> Any:
    """Return a type with what else is said of it."""
    return Annotated[(kind, *more)] if more else kind
