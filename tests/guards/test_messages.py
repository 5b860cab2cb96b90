"""Every sentence that refuses something can be told in Chinese."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.core.messages import FILE, of_pydantic, spoken, told, with_value
from app.core.settings import ROOT

CALLS = {
    "Invalid", "Conflict", "Forbidden", "NotFound", "Unauthenticated", "TooMany", "Unavailable", "UnsupportedMediaType",
    "refuse", "explain", "PydanticCustomError", "_refused", "_read", "IllegalTransition", "Step", "Block",
}  # fmt: skip
NAMES = {"message", "words", "refused", "WORDS"}
SENTENCE = re.compile(r"[“A-Z{].* .*\.”?$", re.DOTALL)
APART = ("app/host/", "app/jobs/", "app/cli.py", "demo", "app/core/db.py", "app/core/settings.py")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w+\}", "{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def refusals(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is said where something is refused: arguments of errors, and what stands under the usual names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
            yield from node.args
        elif isinstance(node, ast.Assign) and {getattr(one, "id", "") for one in node.targets} & NAMES:
            yield from node.value.values if isinstance(node.value, ast.Dict) else (node.value,)


def sentences() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("api/*.py")):
        if any(part in str(path.relative_to(ROOT)) for part in APART):
            continue
        for said in refusals(ast.parse(path.read_text(encoding="utf-8"))):
            parts = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
            found |= {text: path for part in parts if SENTENCE.match(text := template(part))}
    return found


def kinds(parent: type[AppError]) -> Iterator[type[AppError]]:
    for one in parent.__subclasses__():
        yield one
        yield from kinds(one)


def test_every_refusal_has_its_chinese() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    found = sentences()
    assert len(found) > 150
    missing = {text: path.name for text, path in found.items() if text not in known}
    titles = {one.title() for one in kinds(AppError) if one.__module__.startswith("app.")}
    assert (missing, titles - known.keys()) == ({}, set())


def test_no_translation_forgets_a_value() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    uneven = {
        english for english, chinese in known.items()
        if english.count("{}") != len(re.findall(r"\{\d?\}", chinese)) or not (CHINESE.search(chinese) or "{}" in chinese)
    }  # fmt: skip
    assert uneven == set()


@pytest.mark.parametrize(
    ("sentence", "chinese"),
    [
        ("Only 12.50 is unpaid.", "未回款仅 12.50。"),
        ("“moon” is not a value of level.", "“moon”不是 level 中的值。"),
        ("Only 3 of 10 pieces are left to ship.", "10 件中仅剩 3 件待发。"),
        ("Input should be greater than or equal to 1", "应不小于 1"),
        ("Input should be one of 'high', 'mid', 'low'.", "应为以下之一：'high', 'mid', 'low'。"),
        ("Nobody wrote this one.", "Nobody wrote this one."),
    ],
)
def test_a_sentence_is_told_with_its_values(sentence: str, chinese: str) -> None:
    assert (told(sentence, "zh"), told(sentence, "en")) == (chinese, sentence)


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "zh"), ("de", "zh"), ("en-GB,en;q=0.8", "en"), ("zh-TW", "zh"), ("fr, en;q=0.5, zh;q=0.9", "zh"),
        ("*", "zh"), ("en;q=x,zh;q=0.1", "zh"), (";;;,", "zh"),
    ],
)  # fmt: skip
def test_the_header_chooses_the_language(accept: str, language: str) -> None:
    assert spoken(accept, "zh-CN") == language
    assert spoken("", "en-US") == "en"


def test_no_expression_is_shown_to_a_person() -> None:
    error = {"type": "string_pattern_mismatch", "msg": "String should match pattern '^[a-z]$'"}
    assert "pattern" not in of_pydantic(error)
    literal = {"type": "literal_error", "msg": "", "ctx": {"expected": "'high', 'mid' or 'low'"}}
    assert of_pydantic(literal) == "Input should be one of 'high', 'mid', 'low'."
    assert with_value("应为整数", "abc", "zh") == "“abc”：应为整数"
