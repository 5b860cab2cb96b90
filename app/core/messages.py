"""What goes wrong, in the caller's language: sentences are written in English where they arise and translated here.

A sentence with values is found by its template: `Only {} is unpaid.` stands for every amount. `{1}` in a translation
is the second value, where the order of words differs; `{w}` and `{1w}` are values that are codes of ours (states, steps,
nouns, fields, types of the dictionary), several in a row too, and have their own words, in English too; `{c}` are choices that
have to be sent as they are, with their words beside. A guard finds sentences and codes without.
"""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from app.core import labels

Language = labels.Language
FILE = Path(__file__).with_name("messages.zh.json")
Reader = Callable[[str], str | None]
WORDS = Path(__file__).with_name("messages.words.zh.json")
ENGLISH = Path(__file__).with_name("messages.words.en.json")
"""Of the codes that are not English with underscores in it."""
PLACE = re.compile(r"\{(\d?)([wc]?)\}")
SEVERAL = re.compile(r", | or | and ")
JOINS = {", ": "、", " or ": "或", " and ": "和"}
UNFIT = "This is not written in the form that is asked for."
"""Instead of a regular expression, which says nothing to a person."""
WRAPPED = "Value error, "
SHOWN = 60
DEEPEST = 3
"""A list of parts with their fields is as deep as a row of an import goes."""


def spoken(accept: str, default: str) -> Language:
    """Return the language of an `Accept-Language` header; the company's where it names neither of ours."""
    weighted: list[tuple[float, str]] = []
    for part in accept.split(",")[:20]:
        name, *more = part.strip().lower().split(";")
        weight = next((one.strip()[2:] for one in more if one.strip().startswith("q=")), "1")
        if name[:2] in {"zh", "en"} and re.fullmatch(r"[01](\.\d{0,3})?", weight):
            weighted.append((-float(weight), name[:2]))
    found = min(weighted, key=lambda one: one[0])[1] if weighted else default[:2]
    return "en" if found == "en" else "zh"


def told(sentence: str, language: Language) -> str:
    """Return an English sentence in a language; one that nobody translated stays English."""
    if language == "en":
        return next((made for read in _spelled() if (made := read(sentence))), sentence)
    return _exact().get(sentence) or next((made for read in _templates() if (made := read(sentence))), sentence)


def of_pydantic(error: Any) -> str:
    """Return the English sentence of one of Pydantic's errors, without its trappings."""
    if error["type"] == "string_pattern_mismatch":
        return UNFIT
    if error["type"] in {"literal_error", "enum"}:
        return f"Input should be one of {error['ctx']['expected'].replace(' or ', ', ')}."
    text = str(error["msg"]).removeprefix(WRAPPED)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) or text == error["msg"] else ".")


def with_value(sentence: str, value: Any, language: Language) -> str:
    """Return a sentence behind the value that it is about, where that is a short one."""
    if isinstance(value, str | int | float) and str(value).strip():
        text = str(sendable(value)).strip()
        text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        return f"“{text}”：{sentence}" if language == "zh" else f"“{text}”: {sentence}"
    return sentence


def sendable(value: Any, depth: int = DEEPEST) -> Any:
    """Return a refused value as JSON can carry it back: halves of characters, endless numbers and what lies too deep are told as text."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, float):
        return float(value) if isfinite(value) else str(float(value))
    if depth and isinstance(value, list):
        return [sendable(one, depth - 1) for one in value]
    if depth and isinstance(value, dict):
        return {sendable(name): sendable(one, depth - 1) for name, one in value.items()}
    return value if value is None or isinstance(value, int) else json.dumps(value)[:SHOWN]


@cache
def _exact() -> dict[str, str]:
    known: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return known


@cache
def _templates() -> list[Reader]:
    """Return the readers of sentences with values, those with most words of their own first."""
    found = [(english, chinese) for english, chinese in _exact().items() if "{}" in english]
    found.sort(key=lambda one: -len(one[0]))
    return [partial(_translated, _pattern(english), chinese, "zh") for english, chinese in found]


@cache
def _spelled() -> list[Reader]:
    """Return the readers of English sentences that have codes of ours in them: those whose translation spells them."""
    found = [
        (english, words) for english, chinese in _exact().items() if (words := _coded(chinese)) and "{}" in english
    ]
    found.sort(key=lambda one: -len(one[0]))
    return [partial(_translated, _pattern(english), _with_words(english, words), "en") for english, words in found]


def _coded(chinese: str) -> set[int]:
    """Return which values of a sentence are codes that are told in words."""
    return {int(place[1] or n) for n, place in enumerate(PLACE.finditer(chinese)) if place[2] == "w"}


def _with_words(english: str, coded: set[int]) -> str:
    first, *rest = english.split("{}")
    return first + "".join(("{w}" if n in coded else "{}") + part for n, part in enumerate(rest))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(re.escape(part) for part in template.split("{}")) + r"\Z", re.DOTALL)


def _translated(pattern: re.Pattern[str], template: str, language: Language, sentence: str) -> str | None:
    found = pattern.match(sentence)
    if found is None:
        return None
    values = iter(found.groups())

    def value(place: re.Match[str]) -> str:
        given: str = found[int(place[1]) + 1] if place[1] else next(values)
        return KINDS[place[2]](given, language) if place[2] else given

    return PLACE.sub(value, template)


def _in_words(codes: str, language: Language) -> str:
    """Return codes, one or several in a row, with the words that they have."""
    return _each(codes, language, lambda code: _word(code, language) or code)


def _as_sent(codes: str, language: Language) -> str:
    """Return choices as they have to be sent, each with its word."""

    def one(code: str) -> str:
        bare = code.strip("'")
        word = _word(bare, language)
        return f"{bare}（{word}）" if word else bare

    return _each(codes, language, one)


KINDS: dict[str, Callable[[str, Language], str]] = {"w": _in_words, "c": _as_sent}


def _each(codes: str, language: Language, say: Callable[[str], str]) -> str:
    joins = [JOINS[join] if language == "zh" else join for join in SEVERAL.findall(codes)]
    return "".join(chain.from_iterable(zip(map(say, SEVERAL.split(codes)), [*joins, ""], strict=True)))


def _word(code: str, language: Language) -> str | None:
    return _words(language).get(code, code.replace("_", " ") if language == "en" else None)


@cache
def _words(language: Language) -> dict[str, str]:
    """Return the words of codes: of steps, states, nouns and types their own, of fields what the screens call them."""
    codes: dict[str, str] = json.loads(WORDS.read_text(encoding="utf-8"))
    fields = {name: word for name, word in labels.of_fields(language).items() if name not in codes}
    own: dict[str, str] = codes if language == "zh" else json.loads(ENGLISH.read_text(encoding="utf-8"))
    return fields | own
