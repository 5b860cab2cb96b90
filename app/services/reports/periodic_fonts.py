"""The fonts of printed pages, and what becomes of a letter that none of them has."""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("cvttf_NotoSansCJK_Regular", "manimgx_fonts")
"""Packages of fonts: Chinese (all of 通用规范汉字表), and what it lacks (Thai and other scripts, emoji, symbols)."""


def folders() -> list[str]:
    """Return the folders that hold the fonts."""
    specs = [spec for name in PACKAGES if (spec := find_spec(name))]
    return [folder for spec in specs for folder in spec.submodule_search_locations or []]


@cache
def _covered() -> frozenset[int]:
    """Return the code points that some font draws: read once in a process, in 0.2 s."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  large

    files = [file for folder in folders() for file in Path(folder).iterdir() if file.suffix in {".otf", ".ttf"}]
    found: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def drawable(words: str) -> str:
    """Return the words with each letter that no font has as its code point: `[U+2A6D0]` can be looked up, a box not."""
    if words.isascii():
        return words
    letters = {letter for letter in words if unicodedata.category(letter)[0] in "LC" and letter.isprintable()}
    unassigned = {letter for letter in words if unicodedata.category(letter) in {"Cn", "Co"}}
    missing = {letter for letter in letters | unassigned if ord(letter) not in _covered()}
    return words.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in missing}) if missing else words
