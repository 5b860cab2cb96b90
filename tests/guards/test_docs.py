"""What the documentation says of the code is true."""

import ast
import json
import re
from pathlib import Path

from sqlalchemy import CheckConstraint

from app.core import nouns
from app.core.db import Base
from app.core.errors import AppError
from app.core.settings import ROOT
from app.models.access.rbac import Permission
from app.services.base import settings
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
    """Each noun whose steps lead from one state to another has its diagram on the page."""
    page = (ROOT / "docs" / "reference" / "life-cycles.md").read_text(encoding="utf-8")
    lives = {code: noun.steps for code, noun in nouns.known().items() if noun.steps and noun.steps.states}
    assert lives
    assert {code for code, steps in lives.items() if steps.diagram() not in page} == set()


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


def sections() -> dict[str, str]:
    """Return the domain, section by section, whichever page of it they stand on."""
    found: dict[str, str] = {}
    for page in (ROOT / "docs" / "explanation").glob("*.md"):
        _, *parts = re.split(r"^## (\d+)\. ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for number, text in zip(parts[::2], parts[1::2], strict=True):
            found[number] = found.get(number, "") + text
    return found


CITED = re.compile(r"domain,? section (\d+)(?:: ([A-Z]\w+))?((?:,? reports? \d+(?: and \d+)?)?)")
"""A section of the domain, a word or heading in it, and reports among its headings."""


def has(section: str, word: str, reports: str) -> bool:
    headings = all(f"### {number}. " in section for number in re.findall(r"\d+", reports))
    return headings and (not word or f"### {word}\n" in section or f"**{word}**" in section)


def test_what_cites_the_domain_names_a_section_of_it() -> None:
    domain, rooms = sections(), ("api", "app", "migrations", "scripts", "tests")
    files = {file for room in rooms for file in (ROOT / room).rglob("*.py")} - {Path(__file__)}
    texts = {str(file.relative_to(ROOT)): re.sub(r"\s+", " ", file.read_text(encoding="utf-8")) for file in files}
    cited = [(name, *found) for name, text in texts.items() for found in CITED.findall(text)]
    assert len(cited) > 25
    assert [one for one in cited if one[1] not in domain or not has(domain[one[1]], *one[2:])] == []
    assert [name for name, text in texts.items() if "(domain: " in text] == []


def test_the_domain_names_every_right_table_and_setting() -> None:
    domain = sections()
    assert {right for right in Permission if right not in domain["2"]} == set()
    assert {table for table in Base.metadata.tables if f"`{table}`" not in domain["4"]} == set()
    assert {name for name in settings.SPECS if f"`{name}`" not in domain["7"]} == set()


def test_the_tables_of_the_domain_name_what_is_there() -> None:
    page = sections()["4"]
    known = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    prefixes = tuple({f"{name.split('_')[0]}_" for name in known if "_" in name} - {"created_", "updated_", "deleted_"})
    named = {name for name in re.findall(r"`([a-z_]+)`", page) if name.startswith(prefixes) and not name.endswith("_")}
    assert named - known - set(Base.metadata.tables) == set()


def test_the_tables_of_the_domain_name_every_state() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` (\|.*)$", sections()["4"], flags=re.MULTILINE))
    checks = [
        (table.name, set(re.findall(r"'(\w+)'", str(check.sqltext))))
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    ]
    assert {(name, code) for name, codes in checks for code in codes if f"`{code}`" not in rows.get(name, "")} == set()


def test_what_explanations_and_how_tos_name_of_the_house_is_there() -> None:
    folders = ("explanation", "how-to")
    pages = "\n".join(
        page.read_text(encoding="utf-8") for folder in folders for page in (ROOT / "docs" / folder).glob("*.md")
    )
    named = set(re.findall(r"`((?:api|app|docs|examples|frontend|migrations|scripts|tests)/[\w./*-]*)`", pages))
    assert len(named) > 10
    assert {path for path in named if not [*ROOT.glob(path.rstrip("/"))]} == set()
