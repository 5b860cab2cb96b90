"""Money: what was typed, to the digits of the currency, or a refusal."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.money import DIGITS, Money, Typed, digits_of, rounded

MONEY = TypeAdapter(Money)


@pytest.fixture
def yen() -> Iterator[None]:
    token = DIGITS.set(digits_of("JPY"))
    yield
    DIGITS.reset(token)


def typed(text: str) -> Any:
    return json.loads(text, parse_float=Typed)


@pytest.mark.parametrize(
    "text", ["12.1", "12.10", "0.01", "1e3", "123456789012.34", "9007199254740993", '"9999999999999999.99"']
)
def test_a_number_that_is_exact_is_kept(text: str) -> None:
    assert MONEY.validate_python(typed(text)) == Decimal(text.strip('"'))


@pytest.mark.parametrize(
    "text", ["9007199254740993.0", "1234567890123456.78", "100000000000000.001", "0.10000000000000000001", "1e400"]
)
def test_a_number_that_a_float_forgets_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="Give the amount as text"):
        MONEY.validate_python(typed(text))


@pytest.mark.parametrize("value", ["1.234", -1, "NaN", "1e20", "12,5", True])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        MONEY.validate_python(value)


@pytest.mark.usefixtures("yen")
def test_a_yen_has_no_hundredth() -> None:
    assert rounded(Decimal("12.5")) == Decimal(13)
    assert MONEY.validate_python("12.00") == 12
    with pytest.raises(ValidationError, match="whole amount"):
        MONEY.validate_python("12.5")


def test_amounts_are_rounded_half_up_to_cents() -> None:
    assert [rounded(Decimal(text)) for text in ("0.005", "2.675")] == [Decimal("0.01"), Decimal("2.68")]
