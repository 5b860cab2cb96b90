"""Text as people type and paste it, in one normal form: a line (names, titles) or several (memos).

A line is NFC without zero-width characters and outer blanks, its inner runs of blanks are one; a line break or another
control character inside it is refused, since two lines in a name are a mistake that nobody would see. A memo keeps its
lines (LF) and tabs and loses other control characters, which come from old systems and say nothing.
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
CONTROL_IN_LINE = re.compile(rf"[{CONTROLS}\n\u2028\u2029]")
CONTROL = re.compile(rf"[{CONTROLS}]")
DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c"
ZERO_WIDTH = re.compile(rf"[\u200b\u2060-\u2064\ufeff\u00ad{DIRECTIONS}\ufff9-\ufffb\U000e0000-\U000e007f]")
JOINERS = re.compile(r"[\u200c\u200d]")
INVISIBLE = re.compile(r"[\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0]")
BLANKS = re.compile(r"[^\S\n]+")


def _seen(text: str) -> str:
    """Return the text, or nothing when no character of it can be seen."""
    return text if INVISIBLE.sub("", text) else ""


def line(value: Any) -> Any:
    """Return a text as one line in normal form; raise for a control character inside it."""
    if not isinstance(value, str):
        return value
    text = JOINERS.sub("", ZERO_WIDTH.sub("", value)).strip()
    if CONTROL_IN_LINE.search(text):
        raise PydanticCustomError("control_character", "Write this on one line, without control characters.")
    return _seen(" ".join(unicodedata.normalize("NFC", text).split()))


def lines(value: Any) -> Any:
    """Return a text of several lines in normal form: LF between them, no blanks at their ends."""
    if not isinstance(value, str):
        return value
    if "\x00" in value:
        raise PydanticCustomError("control_character", "This must not contain a null character.")
    text = CONTROL.sub("", BREAKS.sub("\n", ZERO_WIDTH.sub("", value)))
    return _seen("\n".join(row.rstrip() for row in unicodedata.normalize("NFC", text).split("\n")).strip())


def blank_is_none(value: Any) -> Any:
    """Return None for a text without a character that can be seen."""
    return None if isinstance(value, str) and not lines(value.replace("\x00", "x")) else value


class Opaque:
    """Marks text that programs hand back as they got it (cursors, tokens, images): nobody writes or searches it."""


OPAQUE = Opaque()
LINE, LINES = BeforeValidator(line), BeforeValidator(lines)
EMPTY = BeforeValidator(blank_is_none)
Name = Annotated[str, StringConstraints(min_length=1, max_length=100), LINE]
Short = Annotated[str, StringConstraints(min_length=1, max_length=200), LINE]
Long = Annotated[str, StringConstraints(min_length=1, max_length=500), LINE]
"""As wide as the widest one-line columns of the systems that people come from: addresses, titles of activities."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000), LINES]
Item = Annotated[str, StringConstraints(min_length=1, max_length=60), LINE]
ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=100), LINE]
Search = Annotated[str, StringConstraints(max_length=64), LINE]
OptionalShort = Annotated[Short | None, EMPTY]
OptionalLong = Annotated[Long | None, EMPTY]
OptionalWords = Annotated[Words | None, EMPTY]
OptionalItem = Annotated[Item | None, EMPTY]
