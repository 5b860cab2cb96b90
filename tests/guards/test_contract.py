"""The contract says what only services know, and addresses are what it lists."""

import re

import httpx
from fastapi import FastAPI

from api.document import build
from app.core.headers import ANSWERED, EXPOSED, KEPT, SENT
from app.core.listing import LISTINGS
from app.core.settings import ROOT

METHODS = {"get", "post", "put", "patch", "delete"}


async def test_every_other_method_is_405_and_names_those_that_work(app: FastAPI, client: httpx.AsyncClient) -> None:
    """`/chances/bulk-assign` is no chance: a word where an id may stand is not taken for one."""
    wrong = {}
    for path, known in build(app)["paths"].items():
        address = re.sub(r"{\w+}", "1", path.replace("{name}", "lost.days"))
        for method in METHODS - known.keys():
            answer = await client.request(method, address)
            if answer.status_code != 405 or not answer.headers.get("allow"):
                wrong[f"{method} {path}"] = answer.status_code
    assert not wrong


def test_a_list_offers_what_it_is_sorted_by(app: FastAPI) -> None:
    parameters = {
        f"{method} {path}": parameter["schema"]["anyOf"][0]
        for path, methods in build(app)["paths"].items()
        for method, operation in methods.items()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "sort"
    }
    assert len(parameters) >= len(LISTINGS)
    assert not [address for address, schema in parameters.items() if "enum" not in schema]


def test_a_change_must_name_its_version(app: FastAPI) -> None:
    optional = [
        f"{method} {path}"
        for path, methods in build(app)["paths"].items()
        for method, operation in methods.items()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "if-match" and method in {"put", "patch", "delete"} and not parameter["required"]
    ]
    assert not optional


def test_headers_of_the_contract_are_declared_and_open_to_other_sites(app: FastAPI) -> None:
    """What an answer carries and a call may name stands in `core.headers`, from which other sites' pages are let."""
    operations = [one for methods in build(app)["paths"].values() for one in methods.values()]
    answered = {
        name for one in operations for answer in one["responses"].values() for name in answer.get("headers", {})
    }
    sent = {part["name"].lower() for one in operations for part in one.get("parameters", []) if part["in"] == "header"}
    assert (answered - set(EXPOSED), sent - {name.lower() for name in SENT}) == (set(), set())
    assert {"etag", "content-location", "cache-group-invalidation"} < set(KEPT)


WRITTEN = re.compile(r"headers(?:\.append\(|\.setdefault\(|\[| ?= ?\{)\s*\"([\w-]+)\"")
OF_THE_SERVER = {
    "cache-control", "content-encoding", "content-length", "content-security-policy", "strict-transport-security", "vary",
}  # fmt: skip
"""What tells caches and browsers how to take an answer: no page of another site needs to read it."""
NO_ANSWER_S = {"accept", "kid"}
"""The head of a call that is passed on, and of a token."""


def test_headers_that_the_code_writes_are_declared() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("api/*.py"))]
    found = {name.lower() for text in texts for name in WRITTEN.findall(text)}
    assert "ratelimit-policy" in found
    assert found - {name.lower() for name in ANSWERED} - OF_THE_SERVER - NO_ANSWER_S == set()
