"""The vocabulary of schemas: checked strings, money, references, and the two ends of a body."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_ID = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1900, 9998
"""Wide enough for birthdays; the ends of the calendar overflow in some time zone."""
D = TypeVar("D", bound=date)


def blank_is_none(value: Any) -> Any:
    """Return None for a text without a word in it."""
    return None if isinstance(value, str) and not value.strip() else value


def _no_null_byte(value: str) -> str:
    if "\x00" in value:
        message = "must not contain a null character"
        raise ValueError(message)
    return value


def _of_our_time(value: D) -> D:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        message = f"must lie in the years {FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(message)
    return value


Clean = AfterValidator(_no_null_byte)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Clean]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Clean]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), Clean]
OptionalShort = Annotated[Short | None, BeforeValidator(blank_is_none)]
OptionalWords = Annotated[Words | None, BeforeValidator(blank_is_none)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[+0-9()\- .,;/转extEXT#]{3,40}$")]
OptionalPhone = Annotated[Phone | None, BeforeValidator(blank_is_none)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$", max_length=254)
]
OptionalEmail = Annotated[Email | None, BeforeValidator(blank_is_none)]
Item = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Clean]
OptionalItem = Annotated[Item | None, BeforeValidator(blank_is_none)]
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Money = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]
Fraction = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=5, decimal_places=4, description="A fraction: 0.13 is 13 %.", examples=["0.13"]),
]
Percent = Annotated[int, Field(ge=0, le=100)]
Stars = Annotated[int, Field(ge=1, le=5)]
ExternalId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Clean]
OfOurTime = AfterValidator(_of_our_time)
Moment = Annotated[AwareDatetime, OfOurTime]
Day = Annotated[date, OfOurTime]


class Body(BaseModel):
    """What a caller sends: unknown fields are refused, so that a typing error is not silently lost."""

    model_config = ConfigDict(extra="forbid", str_max_length=10_000)


class Read(BaseModel):
    """What the API answers: no defaults, so that generated clients know every field is there."""

    model_config = ConfigDict(from_attributes=True)


class Ref(Read):
    """A reference to another record: its id and the name that a person knows it by."""

    id: int
    name: str


OptionalRef = Ref | None
