"""Passwords that somebody would guess: common ones with what people hang on them, walks and repetitions, one's own names."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

FILE = Path(__file__).with_name("common_passwords.txt")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)
REPEATED = re.compile(r"(.{1,4}?)\1+.{0,3}")
LEET = str.maketrans("@4301!$57", "aaeoiisst")
REST = 5
"""Letters beside one's own names that make a password of them hard to guess."""


def folded(text: str) -> str:
    """Return a text without case and width."""
    return unicodedata.normalize("NFKC", text).lower()


def is_common(password: str) -> bool:
    """Tell whether many people have this password, or one that differs by digits and signs around it."""
    word = folded(password)
    core = _core(word)
    if word.isdigit() or REPEATED.fullmatch(word) or any(_walks(one) for one in (word, core)):
        return True
    return not {word, core, word.translate(LEET), _core(word.translate(LEET))}.isdisjoint(_listed())


def _core(word: str) -> str:
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", word)


def _walks(word: str) -> bool:
    return len(word) >= REST and any(word in row or word in row[::-1] for row in ROWS)


def _listed() -> set[str]:
    """Read the list: a password is set so rarely that no process needs to keep two megabytes of it."""
    return {line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")}


def is_own(password: str, names: Iterable[str]) -> bool:
    """Tell whether little is left of a password without the names of its owner."""
    rest = folded(password)
    found = False
    for name in sorted((folded(one) for one in names), key=len, reverse=True):
        for part in {name, name.replace(" ", "")}:
            if part and part in rest:
                rest, found = rest.replace(part, ""), True
    return found and len(rest) < REST
