"""Telephone numbers in their normal form: the short way says what the library says."""

import phonenumbers
import pytest

from app.core import phones


@pytest.mark.parametrize("start", range(100, 200))
def test_mobiles_read_without_the_library_are_read_alike(start: int) -> None:
    for rest in ("00000000", "12345678", "98765432", "51001234", "62000000", "79510123"):
        text = f"{start}{rest}"
        number = phonenumbers.parse(text, phones.HOME)
        whole = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert phones.normal(text) == (whole if phonenumbers.is_possible_number(number) else text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("5550 1234", "55501234"), ("55 66 7", "55667"), ("+86 5566 7788", "8655667788"),
        ("010-5550 1234", "+861055501234"), ("0571 8888123", "+865718888123"), ("400-820-8820", "+864008208820"),
        ("95588", "+8695588"), ("12345", "+8612345"), ("+65 6123 4567", "+6561234567"),
    ],
)  # fmt: skip
def test_a_number_that_lacks_its_area_is_digits(written: str, kept: str) -> None:
    assert phones.normal(written) == kept
