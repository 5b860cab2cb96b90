"""The data dictionary."""

from typing import Annotated

from pydantic import Field

from app.core.texts import Item, OptionalShort, Short
from app.core.types import Body, Id, Read

Place = Annotated[int, Field(ge=0, le=1_000_000)]


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
    sort: Place = 1000


class DictItemPatch(Body):
    """A change; the item itself stays, because records carry it."""

    value: Short | None = None
    value_en: OptionalShort = None
    sort: Place | None = None
    enabled: bool | None = None


class DictOrder(Body):
    """All values of a type in their new order."""

    type: Item
    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class DictUseRead(Read):
    """A place where records carry a value; the count stops at 10,000, those in the recycle bin included."""

    noun: str
    field: str
    count: int
    is_exact: bool


class DictMergeBody(Body):
    """The value of the same type that takes over."""

    into_id: Id


class DictMergeRead(Read):
    """What was moved, and the value that is disabled now."""

    moved: int
    item: DictItemRead
