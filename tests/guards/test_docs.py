"""What the documentation says of the code is true."""

import ast
import json
import re
from pathlib import Path

from app.core.errors import AppError
from app.core.settings import ROOT
from app.services.care import loss_actions, service_actions
from app.services.goods import arrivals
from app.services.orders import actions as order_actions
from app.services.sales import chance_actions, plan_actions
from tests.factories import house

house.modules("services")
"""Imported for the problems that services add."""


def below(kind: type[AppError]) -> set[type[AppError]]:
    return {kind}.union(*(below(child) for child in kind.__subclasses__()))


def test_every_problem_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    missing = {kind.type() for kind in below(AppError) - {AppError} if f"`{kind.type()}`" not in page}
    assert missing == set()


def test_life_cycles_are_drawn_from_the_code() -> None:
    page = (ROOT / "docs" / "reference" / "life-cycles.md").read_text(encoding="utf-8")
    assert chance_actions.STEPS.diagram() in page
    assert plan_actions.STEPS.diagram() in page
    assert loss_actions.STEPS.diagram() in page
    assert order_actions.STEPS.diagram() in page
    assert service_actions.STEPS.diagram() in page
    assert arrivals.STEPS.diagram() in page


def test_decisions_are_indexed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in folder.glob("0*.md") if page.name not in index] == []


def named(path: Path) -> set[str]:
    """Return `Class`, `Class::test` and `test` for everything that a test file defines."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {node.name, *(f"{node.name}::{part.name}" for part in node.body if hasattr(part, "name"))}
        found |= {node.name} if hasattr(node, "name") else set()
    return found


def is_there(test: str) -> bool:
    file, _, inside = test.partition("::")
    path = ROOT / ("frontend" if file.startswith("e2e/") else "") / file
    return path.is_file() and (not inside or inside in named(path))


def test_what_shows_a_requirement_is_there() -> None:
    page = (ROOT / "docs" / "reference" / "requirements.md").read_text(encoding="utf-8")
    tests = set(re.findall(r"`((?:tests|e2e)/[^`]+)`", page))
    assert len(tests) > 50
    assert {test for test in tests if not is_there(test)} == set()
    document = json.loads((ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8"))
    endpoints = {
        f"{verb.upper()} {path.removeprefix('/api/v1')}" for path, verbs in document["paths"].items() for verb in verbs
    }
    assert set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`", page)) - endpoints == set()
