"""Batches of rows from elsewhere, and what became of each row.

The rows of each noun stand in `imports/rows`.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import (
    BaseModel,
    Field,
    GetCoreSchemaHandler,
    JsonValue,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import with_info_wrap_validator_function

from app.core.messages import of_pydantic
from app.core.texts import ExternalId, Name, OptionalShort
from app.core.types import Body, Id, Read
from app.schemas.imports.keys import OWN, TEXT
from app.schemas.imports.spots import FIRM, Spot, optional, spot, value_at, without

MAX_ROWS = 500
T = TypeVar("T")


@dataclass
class Wrong:
    """A value that cannot be taken: where in its row, a stable code, words in English, and what was sent."""

    pointer: str
    code: str
    message: str
    value: Any


@dataclass
class GivenRow:
    """A row as it was read: its values (None: they cannot be), what is wrong with it, and what was set aside of it."""

    external_id: str | None
    values: Any
    wrong: list[Wrong] = field(default_factory=list)
    set_aside: list[Wrong] = field(default_factory=list)


def _row_by_row(value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo, model: type[BaseModel]) -> Any:
    """Read a row; wrong values stand beside it, or are set aside; what is no object at all refuses the body."""
    if not isinstance(value, dict):
        return read(value)
    aside: list[Wrong] = []
    if info.data.get("on_invalid_optional") == "set_aside":
        value, aside = _without_unfit(value, read, model)
    nameless = [] if _named(value, model) else [Wrong("external_id", "missing", "Field required", None)]
    try:
        found = read(value)
    except ValidationError as error:
        return GivenRow(_readable(value.get("external_id")), None, [one for one, _ in _wrongs(error)] + nameless)
    return GivenRow(getattr(found, "external_id", None), found, nameless, aside)


def _named(value: dict[str, Any], model: type[BaseModel]) -> bool:
    """Tell whether a row says of which record it is; a noun without ids of its own is named by what a row must say."""
    own = [name for name in OWN if name in model.model_fields]
    return not own or any(value.get(name) is not None for name in own)


def _without_unfit(
    value: dict[str, Any], read: ValidatorFunctionWrapHandler, model: type[BaseModel]
) -> tuple[dict[str, Any], list[Wrong]]:
    """Return a row without the fields that it can do without and whose values cannot be taken, and what they were."""
    try:
        read(value)
    except ValidationError as error:
        unfit: dict[Spot, Wrong] = {}
        for one, place in _wrongs(error):
            where = spot(place)
            if optional(model, where) and _sent(value, where):
                wrong = Wrong("/".join(map(str, where)), one.code, one.message, value_at(value, where))
                unfit.setdefault(where, wrong)
        return without(value, unfit), [*unfit.values()]
    return value, []


def _sent(value: dict[str, Any], where: Spot) -> bool:
    try:
        value_at(value, where)
    except LookupError:
        return False
    return True


def _wrongs(error: ValidationError) -> list[tuple[Wrong, tuple[int | str, ...]]]:
    found = []
    for one in error.errors(include_url=False):
        pointer = "/".join(str(part) for part in one["loc"]).encode(errors="replace").decode()
        found.append((Wrong(pointer, one["type"], of_pydantic(one), one.get("input")), one["loc"]))
    return found


def _readable(external_id: object) -> str | None:
    """Return the external id of a row that cannot be read, if at least that can."""
    try:
        return TEXT.validate_python(external_id)
    except ValidationError:
        return None


class _Apart:
    """Reads each row by itself."""

    def __get_pydantic_core_schema__(self, model: type[BaseModel], read: GetCoreSchemaHandler) -> CoreSchema:
        return with_info_wrap_validator_function(partial(_row_by_row, model=model), read(model))


class ImportBody(Body, Generic[T]):
    """A batch: one transaction, a result for each row.

    `on_invalid_optional`: what becomes of a row with a value that cannot be taken in a field that it, or one of its
    lines or payments, can do without (a price or a rate is none: it would be the product's). `on_twin`: what becomes of a new customer whose name, or nearly this one, is here.
    `on_conflict`: what becomes of a value that a person changed since it was imported.
    """

    source: Annotated[OptionalShort, Field(description="Which system the rows come from.")] = None
    run: Annotated[UUID | None, Field(description="Batches of one run are one import, and taken back together.")] = None
    on_invalid_optional: Literal["refuse", "set_aside"] = "refuse"
    on_twin: Literal["keep", "refuse"] = "keep"
    on_conflict: Literal["keep", "overwrite"] = "keep"
    rows: Annotated[list[Annotated[T, _Apart()]], Field(min_length=1, max_length=MAX_ROWS)]


class ImportRow(Body):
    """What every row has: its record's id in the other system, or its id here, where it is there already.

    With both, the record here gets the external id.
    """

    external_id: Annotated[ExternalId | None, FIRM] = None
    id: Annotated[Id | None, FIRM] = None


class NumberedRow(ImportRow):
    """A row of a noun with numbers may name its record by one."""

    number: Annotated[Name | None, FIRM] = None


class ImportError(Read):  # noqa: A001  the word of the API; the built-in is not used here
    """What is wrong with a row: a pointer into the body, a stable code and words for a person."""

    pointer: Annotated[str, Field(examples=["/rows/3/close_value"])]
    code: str
    message: str


class SetAside(Read):
    """A value that was left out of a row that was kept: where it stood, what it was, and why."""

    pointer: Annotated[str, Field(examples=["/rows/3/email"])]
    value: JsonValue
    message: str


class ImportResult(Read):
    """What became of a row; `row` is its place in the batch, from 0."""

    row: int
    external_id: str | None
    outcome: Literal["created", "unchanged", "updated", "refused"]
    id: int | None
    errors: list[ImportError]
    set_aside: list[SetAside]
    kept: Annotated[list[SetAside], Field(description="What was not taken, because a person changed it since.")]


class ImportRead(Read):
    """The results in the order sent; of a dry run, what they would be."""

    run: Annotated[UUID | None, Field(description="The run that the batch is part of; null where nothing was written.")]
    dry_run: bool
    results: list[ImportResult]
