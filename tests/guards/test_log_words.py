"""What the log calls nouns and acts has a word on the log's page, in both languages."""

import json
import re

import pytest

from app.core.db import Base
from app.core.settings import ROOT

CALLS = re.compile(r"\b(?:log|mark)\(\s*[\w.]+,\s*\"(\w+)\"(?:,\s*\"([\w-]+)\")?")
STEPS = re.compile(r"(?:\bfire\(\s*\w+,|\bsessions\.begin\([^\"]*?|\bbulk\.change\([^\"]*?)\s*\"(\w+)\"")
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
