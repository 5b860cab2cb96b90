"""A text that is searched for: what of it decides the statement, and what is only a parameter of it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Text, bindparam

from app.core import phones
from app.core.types import MAX_ID

NUMBER = re.compile(r"[A-Za-z]{2}[0-9]+")
LAST = "\U0010ffff"
"""Behind every character there is."""
ENDS = {"": "", "_to": LAST}
"""What begins with a text stands from it to it with the last character behind."""


def escape(text: str) -> str:
    """Escape LIKE's wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def folded(text: str) -> str:
    """Return a text as `crm_bigrams` reads it: without differences of width and composition."""
    return unicodedata.normalize("NFKC", text)


@dataclass(frozen=True)
class Sought:
    """The form of a text, by which a list's `search` chooses: texts of one form are found by one prepared statement.

    `short`: one character. `latin`: Latin letters alone. `digit`: a digit is in it; `digits`: nothing else. `prefix`: `KH` where it
    looks like the number of a record. `tails`: so many ends of stored telephones it may be.
    """

    short: bool
    latin: bool
    digit: bool
    digits: bool
    prefix: str
    tails: int
    values: Mapping[str, Any] = field(compare=False)

    @property
    def form(self) -> "Sought":
        """Return it without its values: what is built from it serves all texts of the form."""
        return replace(self, values={})

    def value(self, name: str) -> BindParameter[Any]:
        """Return a parameter of the text, by a name of `_values`; of the form alone, one that is given with each call."""
        kind = BigInteger() if name == "q_id" else Text()
        return bindparam(name, self.values[name], kind) if self.values else bindparam(name, type_=kind)


def sought(text: str) -> Sought:
    """Read a text as it was typed."""
    plain = folded(text)
    tails = phones.tails(plain) if phones.looks(plain) else []
    return Sought(
        short=len(plain) == 1,
        latin=plain.isascii() and plain.isalpha(),
        digit=any(map(str.isdigit, plain)),
        digits=plain.isascii() and plain.isdigit(),
        prefix=plain[:2].upper() if NUMBER.fullmatch(plain) else "",
        tails=len(tails),
        values=_values(plain)
        | {f"q_tail_{place}{end}": each[::-1] + more for place, each in enumerate(tails) for end, more in ENDS.items()},
    )


def _values(plain: str) -> dict[str, Any]:
    low = plain.lower()
    return {
        "q": plain,
        "q_upper": plain.upper(),
        "q_id": min(int(plain), MAX_ID) if plain.isascii() and plain.isdigit() else 0,
        "q_part": f"%{escape(plain)}%",
        "q_start": f"{escape(plain)}%",
        "q_number": f"{escape(plain.upper())}%",
        "q_low": low,
        "q_low_to": low + LAST,
    }
