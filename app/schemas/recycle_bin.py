"""What lies in the recycle bin."""

from datetime import datetime
from typing import Literal

from app.core.paging import PageQuery
from app.core.types import OptionalRef, Read

Kind = Literal["customers", "chances", "linkmen", "orders"]


class BinQuery(PageQuery):
    """Which kind of record to look for."""

    type: Kind = "customers"


class BinRow(Read):
    """A deleted record: what it is, and who deleted it when."""

    id: int
    version: int
    type: str
    number: str | None
    name: str
    deleted_at: datetime
    deleted_by: OptionalRef
