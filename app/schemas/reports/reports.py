"""Reports: what may be asked, and one shape for every answer (figures and tables)."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, model_validator

from app.core.dates import Day
from app.core.texts import Item
from app.core.types import Body, Id, Read

LONGEST_YEARS = 10
OfNow = Annotated[bool, Field(description="It tells how things stand at `as_of`, whatever the period is.")]
Exact = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")]
"""A number with all its digits, written out: readers of decimal strings know no exponents."""


class ReportCode(StrEnum):
    """The analyses."""

    ACTIVITY = "activity"
    COMPOSITION = "composition"
    CONTRIBUTION = "contribution"
    GOALS = "goals"
    LOSS = "loss"
    PIPELINE = "pipeline"
    REASONS = "reasons"
    SERVICE = "service"
    TIME_TO_CLOSE = "time-to-close"
    WIN_RATE = "win-rate"


class Kind(StrEnum):
    """How a value is shown; percent is 0 to 100, hours and days may be fractions."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DAYS = "days"
    HOURS = "hours"
    RATING = "rating"


class Dimension(StrEnum):
    """What the rows of a table stand for; dictionary keys and states are worded by the reader's language."""

    ACTIVITY_KIND = "kind"
    COMPETITOR = "competitor"
    CREDIT = "credit"
    CUSTOMER = "customer"
    DEPARTMENT = "department"
    INDUSTRY = "industry"
    LEVEL = "level"
    LOSS_REASON = "loss_reason"
    LOST_REASON = "fail_reason"
    METRIC = "metric"
    MONTH = "month"
    PERSON = "person"
    PRODUCT = "product"
    REGION = "region"
    SATISFACTION = "satisfaction"
    SERVICE_CATEGORY = "service_category"
    SERVICE_TYPE = "service_type"
    SIZE = "size"
    SOURCE = "source"
    STAGE = "stage"
    STATE = "state"
    WON_REASON = "win_reason"


class ReportQuery(Body):
    """Period (local dates, both ends included) and filters; without dates the current month."""

    date_from: Day | None = None
    date_to: Day | None = None
    region: Item | None = None
    manager_id: Id | None = None
    department_id: Annotated[Id | None, Field(description="The department and all below it.")] = None
    with_zeros: Annotated[bool, Field(description="Contribution: also customers without orders.")] = False
    with_lost: Annotated[bool, Field(description="Composition: also lost customers.")] = False
    type: Annotated[Item | None, Field(description="Service: of this type.")] = None
    category: Annotated[Item | None, Field(description="Service: of this category.")] = None
    product_id: Annotated[Id | None, Field(description="Service: about this product.")] = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.date_from and self.date_to:
            if self.date_from > self.date_to:
                message = "The first day must not be after the last."
                raise ValueError(message)
            if self.date_to.year - self.date_from.year > LONGEST_YEARS:
                message = f"a period has at most {LONGEST_YEARS} years"
                raise ValueError(message)
        return self


class Figure(Read):
    """One number of a report; `base` is how many records it rests on, None where that says nothing."""

    key: str
    kind: Kind
    value: Exact | None
    previous: Exact | None
    base: int | None
    now: OfNow = False


class Column(Read):
    """A column of numbers."""

    key: str
    kind: Kind
    now: OfNow = False


class TableRow(Read):
    """A row: `values` by the table's columns; None is shown as a dash (a ratio over nothing)."""

    key: str
    id: int | None
    name: str | None
    values: list[Exact | None]
    previous: list[Exact | None] | None
    now: OfNow = False


class Table(Read):
    """Numbers by a dimension, and the chart that suits them."""

    key: str
    dimension: Dimension
    series: Annotated[str | None, Field(description="The dimension that `columns` stand for, in a cross table.")]
    chart: Literal["bar", "pie", "line", "funnel", "none"]
    columns: list[Column]
    rows: list[TableRow]
    total: TableRow | None
    cut: Annotated[bool, Field(description="More rows exist than are shown; the export has all.")]


class ReportRead(Read):
    """An analysis as of a moment. `kept` tells that it was answered from kept sums."""

    code: ReportCode
    as_of: datetime
    date_from: date
    date_to: date
    previous_from: date | None
    previous_to: date | None
    kept: bool
    figures: list[Figure]
    tables: list[Table]
