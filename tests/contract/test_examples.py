"""The examples of bodies in the contract can be sent: each is read by what reads the body."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from api.docs import DOCUMENT
from api.document import TAGS, operation_id
from app.core.types import MAX_ID
from app.routers import NOUNS

ROUTES = [route for noun in NOUNS for route in noun.routes if isinstance(route, APIRoute) and route.body_field]
DECLARED: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
OPERATIONS = {one["operationId"]: one for paths in DECLARED["paths"].values() for one in paths.values()}


def test_every_body_has_an_example_that_is_read() -> None:
    refused = {}
    for route in ROUTES:
        name = operation_id(route)
        for kind, content in OPERATIONS[name]["requestBody"]["content"].items():
            if kind != "application/json" or route.body_field is None:
                continue
            try:
                TypeAdapter(route.body_field.field_info.annotation).validate_json(json.dumps(content["example"]))
            except ValidationError as error:
                refused[name] = f"{content['example']}: {error}"
    assert not refused, "\n".join(f"{name}: {why}" for name, why in refused.items())


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_tag_and_header_is_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert set(operation["tags"]) <= TAGS.keys()
    assert all(TAGS.values())
    headers = [head for answer in operation["responses"].values() for head in answer.get("headers", {}).values()]
    known = DECLARED["components"]["headers"]
    assert all(head.get("description") or known[head["$ref"].rsplit("/", 1)[-1]]["description"] for head in headers)


def _bounds(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        if part.get("type") == "integer":
            yield from (part[bound] for bound in ("minimum", "maximum") if bound in part)
        part = list(part.values())
    for one in part if isinstance(part, list) else []:
        yield from _bounds(one)


def test_bounds_of_whole_numbers_are_whole_and_within_int64() -> None:
    bounds = list(_bounds(DECLARED))
    assert max(bounds) == MAX_ID
    assert not [bound for bound in bounds if not isinstance(bound, int)]
