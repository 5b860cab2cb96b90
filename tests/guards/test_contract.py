"""The contract says what only services know, and addresses are what it lists."""

import re

import httpx
from fastapi import FastAPI

from api.document import build
from app.core.listing import LISTINGS

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
