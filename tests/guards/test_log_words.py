"""What the log calls nouns and acts has a word on the log's page, in both languages."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import CheckConstraint

from app.core import labels, nouns
from app.core.db import Base
from app.core.flush.log import SKIPPED
from app.core.settings import ROOT
from app.schemas.base.notices import Kind

CALLS = re.compile(r"\b(?:log|mark)\(\s*[\w.]+,\s*\"(\w+)\"(?:,\s*\"([\w-]+)\")?")
STEPS = re.compile(r"(?:\bfire\(\s*\w+,|\bsessions\.begin\([^\"]*?|\bbulk\.change\([^\"]*?)\s*\"(\w+)\"")
CHOICE = re.compile(r"^(\w+) in \(([^)]*)\)$")
WORDS = ROOT / "frontend" / "src" / "features" / "audit" / "words.ts"
EACH = {"create", "update", "delete", "restore", "import"}
"""Acts of every noun."""


def entities() -> set[str]:
    named = {mapper.class_.__audit__ for mapper in Base.registry.mappers if getattr(mapper.class_, "__audit__", None)}
    return named | {entity for _, entity in written() if entity}


def written() -> set[tuple[str, str]]:
    """Return the acts, and what they are of where that is said beside, that are written out in the code."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("app/**/*.py")]
    steps = {(step, "") for text in texts for step in STEPS.findall(text)}
    return steps | {found for text in texts for found in CALLS.findall(text)}


def actions() -> set[str]:
    verbs = {verb for mapper in Base.registry.mappers for verb in getattr(mapper.class_, "__audit_verbs__", ())}
    return verbs | {action for action, _ in written()} | EACH


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_nouns_and_acts_of_the_log_have_words(language: str) -> None:
    words = json.loads((ROOT / "frontend" / "src" / "locales" / language / "audit.json").read_text(encoding="utf-8"))
    assert len(actions()) > 25
    assert (entities() - words["entities"].keys(), actions() - words["actions"].keys()) == (set(), set())


def moves() -> set[str]:
    """Return the steps of every noun that lead to a state: the log calls them by their names."""
    steps = [one for noun in nouns.known().values() if noun.steps for one in noun.steps.steps.items()]
    return {name for name, step in steps if step.target}


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_steps_and_notices_have_words(language: str) -> None:
    folder = ROOT / "frontend" / "src" / "locales" / language
    kinds = get_args(Kind)
    assert (len(moves()) > 10, len(kinds) > 10) == (True, True)
    assert {one for one in moves() if not isinstance(word(folder, f"audit.actions.{one}"), str)} == set()
    assert {one for one in kinds if not isinstance(word(folder, f"notices.kinds.{one}"), str)} == set()


def fields() -> set[tuple[str, str]]:
    """Return (entity, field) of the columns whose changes are written."""
    models = [mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "__audit_id__")]
    written_down = {
        (model.__audit__, prop.key)
        for model in models
        for prop in model.__mapper__.column_attrs
        if not prop.columns[0].info.get("secret")
        and prop.columns[0].computed is None
        and prop.key != model.__audit_id__
    }
    return {(entity, name) for entity, name in written_down if name not in SKIPPED | {"id"}}


def has_word(folder: Path, entity: str, field: str) -> bool:
    """Tell whether the log's page has a word for a field, where it looks for one (`audit/words.ts`)."""
    language: labels.Language = "zh" if folder.name == "zh-CN" else "en"
    if not {field, field.removesuffix("_id")}.isdisjoint(labels.of(entity, language)):
        return True
    places = [f"{entity}.fields.{field}", f"audit.log.{field}", f"{entity}.{field}"]
    return any(isinstance(word(folder, place), str) for place in [*places, f"audit.fields.{field}"])


def word(folder: Path, key: str) -> object:
    name, *steps = key.split(".")
    file = folder / f"{name}.json"
    found: object = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for step in steps:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def codes() -> set[tuple[str, str, str]]:
    """Return (entity, field, code) of the columns that a constraint holds to some codes."""
    found: set[tuple[str, str, str]] = set()
    for model in (mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "__audit_id__")):
        names = {prop.columns[0].name: prop.key for prop in model.__mapper__.column_attrs}
        checks = [str(one.sqltext) for one in model.__table__.constraints if isinstance(one, CheckConstraint)]
        for column, given in (found for check in checks for found in CHOICE.findall(check)):
            found |= {(model.__audit__, names[column], code) for code in re.findall(r"'(\w+)'", given)}
    return found


def has_code_word(folder: Path, entity: str, field: str, code: str) -> bool:
    """Tell whether a code has a word where the log's page looks for one (`audit/words.ts`)."""
    own = dict(re.findall(r"^  (\w+): \"(\w+)\",$", WORDS.read_text(encoding="utf-8"), re.MULTILINE))
    groups = (own.get(field, f"{field}s"), f"{field}es")
    return any(isinstance(word(folder, f"{at}.{group}.{code}"), str) for at in (entity, "audit") for group in groups)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_codes_of_the_log_have_words(language: str) -> None:
    folder = ROOT / "frontend" / "src" / "locales" / language
    assert len(codes()) > 40
    assert {one for one in codes() if not has_code_word(folder, *one)} == set()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_fields_of_the_log_have_words(language: str) -> None:
    folder = ROOT / "frontend" / "src" / "locales" / language
    assert len(fields()) > 150
    assert {one for one in fields() if not has_word(folder, *one)} == set()
