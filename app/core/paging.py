"""The shape of every list: what a query may say and what a page answers."""

from typing import Annotated, Any, Generic, TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.core.dates import Moment
from app.core.texts import OPAQUE, Search

T = TypeVar("T")


Limit = Annotated[int, Field(ge=1, le=200, description="Rows on the page.")]
Cursor = Annotated[
    str | None, Field(max_length=2000, pattern=r"^[A-Za-z0-9_-]+$", description="`next_cursor` of the page before.")
]
Wanted = Annotated[Search | None, Field(description="Search text; one character searches by prefix.")]


class PageQuery(BaseModel):
    """Paging, order and search of a list; each noun adds its filters. Unknown names are refused."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 50
    cursor: Cursor = None
    sort: Annotated[
        str | None, OPAQUE, Field(max_length=60, description="A column, descending with a minus: `-created_at`.")
    ] = None
    q: Wanted = None


class RecordQuery(PageQuery):
    """The same of records that say when they changed last."""

    updated_after: Annotated[
        Moment | None,
        Field(
            description="Changed after this moment: a plain filter. Who mirrors records follows `/changes` instead: "
            "what is saved late bears the moment at which its saving began."
        ),
    ] = None


class Paged(TypedDict):
    """The same as a service returns it: rows by the names of their columns."""

    items: list[dict[str, Any]]
    next_cursor: str | None
    total: int | None
    total_is_exact: bool | None


class Page(BaseModel, Generic[T]):
    """One page. `total` comes with the first page only and stops at 10,000 (`total_is_exact` false)."""

    model_config = ConfigDict(from_attributes=True)

    items: list[T]
    next_cursor: str | None
    total: int | None
    total_is_exact: bool | None
