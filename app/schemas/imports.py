"""Batches of rows from elsewhere, and what became of each row.

The rows of each noun stand in `import_rows`.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from app.core.errors import FieldError
from app.core.types import (
    Body,
    ExternalId,
    Read,
)  # fmt: skip

MAX_ROWS = 500
T = TypeVar("T")


@dataclass
class BadRow:
    """A row whose values cannot be read; the others of its batch can."""

    external_id: str | None
    errors: list[FieldError]


def _row_by_row(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read a row; wrong values are kept as a `BadRow`, what is no object at all refuses the body."""
    if not isinstance(value, dict):
        return read(value)
    try:
        return read(value)
    except ValidationError as error:
        given = _readable(value.get("external_id"))
        wrong: list[FieldError] = [
            {
                "pointer": "/".join(str(part) for part in e["loc"]).encode(errors="replace").decode(),
                "code": e["type"],
                "message": e["msg"],
            }
            for e in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        return BadRow(given, wrong)


def _readable(external_id: object) -> str | None:
    """Return the external id of a row that cannot be read, if at least that can."""
    try:
        return TypeAdapter(ExternalId).validate_python(external_id)
    except ValidationError:
        return None


class ImportBody(Body, Generic[T]):
    """A batch: one transaction, a result for each row."""

    rows: Annotated[list[Annotated[T, WrapValidator(_row_by_row)]], Field(min_length=1, max_length=MAX_ROWS)]


class ImportRow(Body):
    """What every row has."""

    external_id: ExternalId


class ImportError(Read):  # noqa: A001  the word of the API; the built-in is not used here
    """What is wrong with a row: a pointer into the body, a stable code and words for a person."""

    pointer: Annotated[str, Field(examples=["/rows/3/close_value"])]
    code: str
    message: str


class ImportResult(Read):
    """What became of a row; `row` is its place in the batch, from 0."""

    row: int
    external_id: str | None
    outcome: Literal["created", "unchanged", "updated", "refused"]
    id: int | None
    errors: list[ImportError]


class ImportRead(Read):
    """The results in the order sent."""

    results: list[ImportResult]
