"""Amounts: decimal strings, kept to the digits of the installation's currency, rounded half up in one place.

What comes in finer is rounded, as what is computed is; what a JSON number does not carry exactly is refused.
The digits are those of the unit of work (`digits`, set with its clock): a yen has no hundredth.
"""

from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

PLACES = 2
WITHOUT_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
"""ISO 4217. Currencies of three digits are not offered: the columns have two."""
DIGITS: ContextVar[int] = ContextVar("digits", default=PLACES)


class Typed(float):
    """A number of a JSON body with what was typed: a float forgets digits beyond the fifteenth or so."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Read a number as JSON does, and keep its text."""
        made = super().__new__(cls, text)
        made.text = text
        return made


def digits_of(currency: str) -> int:
    """Return how many digits after the point a currency has."""
    return 0 if currency in WITHOUT_DECIMALS else PLACES


def rounded(amount: Decimal) -> Decimal:
    """Return an amount to the digits of the currency in force, half up; written as columns give it, `5.00` for five yen."""
    return amount.quantize(Decimal(1).scaleb(-DIGITS.get()), ROUND_HALF_UP).quantize(Decimal(1).scaleb(-PLACES))


def exact(value: Any) -> Any:
    """Refuse a number that is not kept as it was typed; texts and whole numbers are always exact."""
    if isinstance(value, float) and Decimal(getattr(value, "text", repr(value))) != Decimal(repr(float(value))):
        raise PydanticCustomError(
            "inexact", 'Give the amount as text, such as "1234.56": a number this long is not kept exactly.'
        )
    return repr(float(value)) if isinstance(value, Typed) else value


def _more_than_nothing(value: Decimal) -> Decimal:
    if value <= 0:
        raise PydanticKnownError("greater_than", {"gt": 0})
    return value


LARGEST = Decimal(10) ** 16 - Decimal("0.01")
"""What the columns hold, `numeric(18, 2)`."""
ROUNDED = "Kept to the digits of the company's currency, rounded half up."
EXACT, TO_DIGITS = BeforeValidator(exact), AfterValidator(rounded)
Money = Annotated[Decimal, Field(ge=0, le=LARGEST, description=ROUNDED), TO_DIGITS, EXACT]
Paid = Annotated[
    Decimal, Field(gt=0, le=LARGEST, description=ROUNDED), TO_DIGITS, AfterValidator(_more_than_nothing), EXACT
]
"""Money that changes hands: more than nothing, also once it is rounded."""
Bound = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=PLACES), EXACT]
"""An end of a range of amounts: it is compared, not kept, and so never rounded past one."""
Fraction = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=5, decimal_places=4, description="A fraction: 0.13 is 13 %.", examples=["0.13"]),
    EXACT,
]
