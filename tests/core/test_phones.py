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
