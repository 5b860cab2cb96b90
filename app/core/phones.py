"""Telephone numbers as people write them, and what of it can be dialled.

The library's numbering plans come into memory with the first number that is read; a process that only answers reads
has none of it.
"""

import re
import unicodedata

HOME = "CN"
"""Whose numbers those without a country's prefix are."""
NEXT_NUMBER = re.compile(r"[;/|\n]|,(?=\s*\+?\d{5})|(?<=\d{7})\s*[、,]\s*(?=\+?\d)")
EXTENSION = re.compile(r"(?:转|轉|分机|内线|extension|ext|x|#|,)\s*[.:]?\s*\d{0,6}\D*$", re.IGNORECASE)
MOBILE = re.compile(r"1(?:[3-689]\d|7[0-8])\d{8}")
"""Most of what stands in such fields; read without the library, whose answer is the same, in a fortieth of the time."""
LONGEST, SHORTEST, WHOLE = 20, 3, 7
WITH_AREA = 10
"""Digits of the shortest number at home with its area: three or four, without their 0, and seven or eight."""
SEARCHED = re.compile(r"[0-9 ()+./-]+")


def normal(text: str) -> str | None:
    """Return the first number of a text in E.164 (`+8613800000000`), else its digits; None without a number in it.

    A number at home that lacks its area (`5550 1234`) is digits: from elsewhere it would reach somebody else. Short numbers
    of the whole country (`95588`) are numbers. Extensions are left out: `010-5550 1234 转 8` is found by the number of the house.
    """
    if MOBILE.fullmatch(text) and text.isascii():
        return f"+86{text}"
    folded = unicodedata.normalize("NFKC", text)
    first = EXTENSION.sub("", NEXT_NUMBER.split(folded.strip())[0])
    digits = "".join(one for one in first if one in "0123456789")
    if len(digits) < SHORTEST:
        return None
    return _international(first) or digits[:LONGEST]


def _international(text: str) -> str | None:
    import phonenumbers  # noqa: PLC0415  large

    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    at_home = number.country_code == phonenumbers.country_code_for_region(HOME)
    local = at_home and len(phonenumbers.national_significant_number(number)) < WITH_AREA
    lacks_area = local and not phonenumbers.is_valid_short_number_for_region(number, HOME)
    if lacks_area or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def looks(text: str) -> bool:
    """Tell whether a search text is a telephone, or the end of one: nothing but digits and what people put between them."""
    return bool(SEARCHED.fullmatch(text)) and sum(one.isdigit() for one in text) >= SHORTEST


def tails(text: str) -> list[str]:
    """Return what stored numbers may end with: the digits as typed, and those of the number that they make."""
    typed = "".join(one for one in text if one in "0123456789")
    full = (normal(text) or "") if len(typed) >= WHOLE else ""
    return [typed, *([full] if readable(full) else [])]


def readable(number: str | None) -> bool:
    """Tell whether a normal form is one that can be dialled from everywhere."""
    return bool(number and number.startswith("+"))
