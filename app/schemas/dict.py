"""The data dictionary."""

from typing import Annotated

from pydantic import Field

from app.core.types import Body, Item, OptionalShort, Read, Short


class DictItemRead(Read):
    """One value with its labels; records carry `item`."""

    id: int
    version: int
    item: str
    value: str
    value_en: str | None
    sort: int
    enabled: bool
    is_editable: bool


class DictTypeRead(Read):
    """A type with its values in order."""

    type: str
    items: list[DictItemRead]


class DictItemWrite(Body):
    """A new value."""

    type: Item
    item: Item
    value: Short
    value_en: OptionalShort = None
    sort: Annotated[int, Field(ge=0, le=1_000_000)] = 1000
