"""Steps on many records at once: which rows, and what became of each."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.core.errors import AppError
from app.core.types import Body, Id, Read

Version = Annotated[int, Field(ge=1, description="The version that the caller saw; left out: whatever is there.")]


class BulkItem(Body):
    """One record of a bulk step."""

    id: Id
    version: Version | None = None


BulkItems = Annotated[list[BulkItem], Field(min_length=1, max_length=1000)]


class BulkResult(Read):
    """What became of one row: `done`, or the type and words of the problem."""

    id: int
    outcome: Literal["done", "refused"]
    version: int | None
    type: str | None
    message: str | None


class BulkRead(Read):
    """The results of a bulk step, in the order sent."""

    results: list[BulkResult]


def done(row: Any) -> BulkResult:
    """Return the result of a row that took the step."""
    return BulkResult(id=row.id, outcome="done", version=row.version, type=None, message=None)


def refused(row_id: int, error: AppError) -> BulkResult:
    """Return the result of a row that could not."""
    return BulkResult(id=row_id, outcome="refused", version=None, type=error.type(), message=error.detail)
