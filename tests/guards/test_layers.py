"""One noun, one file in every layer and room; files stay as long as a reader enjoys; SQL text stays out of services."""

import ast
from pathlib import Path

import pytest

from app.core.settings import ROOT
from tests.factories import house

ROOMS = {"base", "access", "goods", "customers", "sales", "care", "orders", "reports", "imports"}
OF_ALL = {"demo", "deps", "etags", "route", "state"}
"""What stands outside the rooms: it is of the whole house."""
BESIDE = {"base.asked", "base.bodies", "base.downloads", "base.feeds", "access.cookies"}
"""Parts of routers: which queries and bodies are read, how files leave, how nouns tell what changed, what browsers keep."""
OF_ONE_NOUN = {"orders", "reports", "imports"}
"""Rooms that are named like their noun: everything in them belongs to it."""
PARTS = {
    "base.backup_facts": "what a backup says of the database in it",
    "base.changes": "the feed of every noun with a list",
    "base.housekeeping": "called by a schedule",
    "base.idempotency": "a service of every route, without one of its own",
    "base.outgoing": "files with figures, and what the log tells of them",
    "base.verify": "`crm verify`",
}
"""Services that are of no noun of their room, and what they are."""
WITHOUT_SCHEMA = {"rbac"}
BUDGETS = {"routers": 160, "services": 270, "schemas": 220, "models": 150, "core": 190}
LISTENERS = {
    "acts": "ends with its transaction",
    "closing": "what a transaction writes last",
    "db": "a connection whose server is silent",
    "readers": "ends with its transaction",
    "savepoints": "what is noted goes back with them",
    "scope": "the net under every read",
    "touched": "statements past the mappers, and the end of the transaction",
}
"""What listens to sessions and is no part of a flush (`core/flush`), each in a file of that alone."""
FORBIDDEN_NAMES = {"common", "utils", "helpers", "misc"}


def nouns() -> set[str]:
    """Return the nouns of the API by room: a router each."""
    return house.names("routers") - OF_ALL - BESIDE


def test_every_file_stands_in_a_room() -> None:
    layers = ("models", "schemas", "services", "routers")
    outside = {f"{layer}: {name}" for layer in layers for name in house.names(layer) if "." not in name}
    assert outside == {"schemas: demo", *(f"routers: {name}" for name in OF_ALL)}
    assert {name.split(".")[0] for layer in layers for name in house.names(layer) if "." in name} == ROOMS


@pytest.mark.parametrize("noun", sorted(nouns()))
def test_a_router_has_its_service_and_schema(noun: str) -> None:
    assert noun in house.names("services")
    assert noun in house.names("schemas")


def named_after_a_noun(name: str) -> bool:
    """Tell whether the name of a service begins with the word of a noun of its room, or the whole room is of one."""
    room, stem = name.split(".")
    begins = {house.singular(noun.split(".")[1]) for noun in nouns() if noun.startswith(f"{room}.")}
    return room in OF_ONE_NOUN or any(stem.startswith(one) for one in begins)


def used_in_its_room(layer: str, name: str) -> set[str]:
    """Return the services of its own room that a service or router imports."""
    room, stem = name.split(".")
    tree = ast.parse((house.APP / layer / room / f"{stem}.py").read_text(encoding="utf-8"))
    below = f"app.services.{room}"
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in found if node.module == below for alias in node.names}
    whole = {node.module.split(".")[3] for node in found if node.module and node.module.startswith(f"{below}.")}
    return {f"{room}.{one}" for one in names | whole}


def test_a_service_belongs_to_a_noun_of_its_room() -> None:
    """It is named after one, or what is of a noun imports it."""
    services = house.names("services")
    owned = {name for name in services if name in nouns() or named_after_a_noun(name)}
    steps = [*(("services", name) for name in owned), *(("routers", name) for name in nouns())]
    while steps:
        more = (used_in_its_room(*steps.pop()) & services) - owned
        owned |= more
        steps += [("services", name) for name in more]
    assert services - owned == PARTS.keys()


@pytest.mark.parametrize("layer", sorted(BUDGETS))
def test_files_stay_readable(layer: str) -> None:
    long = {
        path.name: lines
        for path in house.files(layer)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > BUDGETS[layer]
    }
    assert long == {}


def test_no_file_is_a_drawer_for_everything() -> None:
    found = {path.relative_to(ROOT) for path in house.APP.rglob("*.py") if path.stem in FORBIDDEN_NAMES}
    assert found == set()


def names_called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def test_only_what_is_there_to_listen_listens_to_the_session() -> None:
    """What happens at a flush stands in one place, in its order; beside columns and tables it would be overlooked."""

    def listens(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        return not names.isdisjoint({"event.listen", "event.listens_for"})

    found = {path.relative_to(house.APP) for path in house.APP.rglob("*.py") if listens(path)}
    flush = {one for one in found if one.parent == Path("core/flush")}
    assert flush == {Path("core/flush/__init__.py"), Path("core/flush/derived.py")}
    assert {one.stem for one in found - flush} == LISTENERS.keys()


def test_services_write_no_sql_as_text() -> None:
    assert [path.name for path in house.files("services") if "text" in names_called(path)] == []


def test_services_do_not_commit() -> None:
    def commits(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        return any(isinstance(node, ast.Attribute) and node.attr == "commit" for node in ast.walk(tree))

    assert [path.name for path in house.files("services") if commits(path)] == []


@pytest.mark.parametrize("layer", ["services", "routers"])
def test_what_is_returned_has_a_type(layer: str) -> None:
    """Where only `Any` can be said, the line says why."""
    silent = [
        f"{path.name}: {line.strip()}"
        for path in house.files(layer)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.rstrip().partition("#")[0].rstrip().endswith("-> Any:") and "#" not in line
    ]
    assert silent == []
