"""What people call the facts of the nouns: one file a noun and language (`app/words`), which the screens read too."""

import json
from typing import Literal

from app.core.settings import ROOT

Language = Literal["zh", "en"]
FOLDERS = {"zh": ROOT / "app" / "words" / "zh-CN", "en": ROOT / "app" / "words" / "en-US"}
COMMON = "common"
"""The file of what is called alike of every noun."""
FIRST = ("customers", "orders")
"""Whose word a field has in a sentence that names no noun, where several call it otherwise."""


def of(noun: str, language: Language) -> dict[str, str]:
    """Return field -> label of a noun; what has none of its own is called as with all of them."""
    return _read(COMMON, language) | _read(noun, language)


def of_fields(language: Language) -> dict[str, str]:
    """Return field -> word as it stands inside a sentence; a field of an id is called as what it names."""
    others = sorted({path.stem for path in FOLDERS[language].glob("*.json")} - {*FIRST})
    found: dict[str, str] = {}
    for noun in (*FIRST, *others):
        for name, label in _read(noun, language).items():
            for one in (name, f"{name}_id"):
                found.setdefault(one, label if language == "zh" else _inside(label))
    return found


def _inside(label: str) -> str:
    """Return an English label without its capital, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _read(noun: str, language: Language) -> dict[str, str]:
    path = FOLDERS[language] / f"{noun}.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["fields"] if path.exists() else {}
    return found
