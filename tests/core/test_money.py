"""Money: what was typed, rounded to the digits of the currency; what a number does not carry is refused."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.money import DIGITS, Bound, Money, Paid, Typed, digits_of, rounded

MONEY, PAID = TypeAdapter(Money), TypeAdapter(Paid)


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


@pytest.mark.parametrize("value", ["9999999999999999.995", "1e400", -1, "NaN", "1e20", "12,5", True])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        MONEY.validate_python(value)


@pytest.mark.usefixtures("yen")
def test_a_yen_has_no_hundredth() -> None:
    assert str(rounded(Decimal("12.5"))) == "13.00"
    assert MONEY.validate_python("12.00") == 12
    assert MONEY.validate_python("12.5") == 13
    assert PAID.validate_python(0.5) == 1


@pytest.mark.parametrize(
    ("given", "kept"), [("1.234", "1.23"), ("1.005", "1.01"), ("0.1" + "0" * 40 + "1", "0.10"), ("1e-9999", "0.00")]
)
def test_what_is_finer_than_the_currency_is_rounded(given: str, kept: str) -> None:
    assert str(MONEY.validate_python(given)) == kept


def test_money_that_changes_hands_is_more_than_nothing_also_rounded() -> None:
    for given in ("0", "0.004", "-1"):
        with pytest.raises(ValidationError, match="greater than 0"):
            PAID.validate_python(given)
    assert PAID.validate_python("0.005") == Decimal("0.01")


def test_an_end_of_a_range_is_not_rounded_past_an_amount() -> None:
    with pytest.raises(ValidationError, match="decimal places"):
        TypeAdapter(Bound).validate_python("0.005")


def test_amounts_are_rounded_half_up_to_cents() -> None:
    assert [rounded(Decimal(text)) for text in ("0.005", "2.675")] == [Decimal("0.01"), Decimal("2.68")]
