"""The OpenAPI document of an application: operation ids that clients like, problems instead of FastAPI's own errors."""

import json
from collections.abc import Iterator
from typing import Any, get_type_hints

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import examples, nouns
from api.errors import MEDIA, OUT_OF_DATE, Problem
from app.core.headers import ANSWERED, EXPOSED, STALE, VERSION, WHERE
from app.core.listing import sortable
from app.core.nouns import known
from app.core.paging import PageQuery
from app.core.settings import ROOT
from app.core.types import MAX_ID
from app.routers import NOUNS
from app.routers.etags import REQUIRED
from app.routers.route import RECORDS

COMMON = {
    "400": "The body cannot be read.",
    "401": "Not signed in.",
    "403": "Not allowed.",
    "404": "Absent, or outside your data scope.",
    "409": "The state does not allow it.",
    "410": "Its time is over; begin anew.",
    "412": "Changed meanwhile.",
    "413": "The body is too large.",
    "415": "The body is not JSON (a form where one logs in).",
    "422": "Values cannot be used.",
    "428": "If-Match is missing.",
    "429": "Too many requests, or attempts to log in.",
    "503": "Try again shortly.",
}
TAGS = {noun.tag: noun.means for noun in sorted(NOUNS, key=lambda one: one.tag) if noun.means}


def operation_id(route: APIRoute) -> str:
    """Return the handler's name in camel case: `list_chances` -> `listChances`."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)


TAG_MEANS = "Of the answer's content: sent as `If-None-Match`, the same answer is 304 and comes without its body."
HELD_MEANS = "The `ETag` of the answer that the caller holds."
LONGEST_TAGS = 1000
OF_A_CALL = ("X-Request-Id", "RateLimit", "RateLimit-Policy")
"""What goes with every answer."""
OF_A_REFUSAL = {"401": ("WWW-Authenticate",), "429": ("Retry-After",), "503": ("Retry-After",)}
"""What goes with a refusal besides its language: how to sign in, how long to wait."""
LANGUAGE, AGAIN = "Content-Language", "Idempotent-Replay"
OF_A_WRITE = "-of-a-write"
REFUSING_READS = {"downloadReportExport", "exportReport"}
"""Reads that the state can refuse: a file that is not ready, a report too large to answer at once."""
MAY_BE_ABSENT = {"getLogo"}
"""Reads of a single thing that need not be there."""


def _possible(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    """Return the refusals that an operation may answer with: what cannot happen is not declared."""
    parameters = {parameter["name"].lower(): parameter for parameter in operation.get("parameters", [])}
    version = parameters.get("if-match")
    doors = operation.get("security", [])
    body, reads = "requestBody" in operation, method == "get"
    happens = {
        "400": body,
        "401": bool(doors) or not reads,
        "403": not reads or any(rights for door in doors for rights in door.values()),
        "404": "{" in path or operation["operationId"] in MAY_BE_ABSENT,
        "409": not reads or operation["operationId"] in REFUSING_READS,
        "410": "after" in parameters,
        "412": version is not None,
        "413": body,
        "415": body,
        "422": True,
        "428": version is not None and version["required"],
        "429": True,
        "503": True,
    }
    return [status for status, may in happens.items() if may]


def _sorts() -> Iterator[tuple[str, list[str]]]:
    """Yield each list's operation with what it is sorted by."""
    for route in (route for noun in NOUNS for route in noun.routes if isinstance(route, APIRoute)):
        query = get_type_hints(route.endpoint).get("query")
        if isinstance(query, type) and issubclass(query, PageQuery):
            yield operation_id(route), sortable(query)


def _tell_values(operation: dict[str, Any], sorts: list[str]) -> None:
    """Say of the parameters what only the service knows: the columns to sort by, and where a version is required."""
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "sort" and sorts:
            parameter["schema"]["anyOf"][0] = {"type": "string", "enum": sorts}
        if parameter["in"] == "header" and "anyOf" in parameter["schema"]:
            # A header is left out, it is never null.
            parameter["schema"] = parameter["schema"].pop("anyOf")[0] | parameter["schema"]
        if parameter["schema"].pop(REQUIRED, False):
            parameter["required"] = True


def _header(name: str) -> dict[str, Any]:
    return {"description": ANSWERED[name].means, "schema": {"type": "string"}}


def _named(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusals() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is answered alike wherever it is refused; a write to what is otherwise than believed names it."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, means in COMMON.items():
        with_it = _named(*OF_A_CALL, LANGUAGE, *OF_A_REFUSAL.get(status, ()))
        yield status, {"description": means, "content": content, "headers": with_it}
        if int(status) in OUT_OF_DATE:
            told = {"description": means, "content": content, "headers": with_it | _named(STALE)}
            yield status + OF_A_WRITE, told


def _refusal(status: str, method: str) -> dict[str, str]:
    name = status + OF_A_WRITE if method != "get" and int(status) in OUT_OF_DATE else status
    return {"$ref": f"#/components/responses/{name}"}


def _tell_written(operation: dict[str, Any], schemas: dict[str, Any], records: set[str]) -> None:
    """Say of the answers of a write what it changed, the version and the place of the record that they are, whether it was done before."""
    repeatable = any(one["name"] == "idempotency-key" for one in operation.get("parameters", []))
    for status, answer in operation["responses"].items():
        if not status.startswith("2"):
            continue
        model = _model(answer)
        versioned = "version" in schemas.get(model, {}).get("properties", {})
        ways = ((STALE, True), (VERSION, versioned), (WHERE, model in records), (AGAIN, repeatable))
        answer.setdefault("headers", {}).update(_named(*(name for name, may in ways if may)))


def _model(answer: dict[str, Any]) -> str:
    """Return the name of the schema that an answer's body has, empty where it is none of the named ones."""
    reference: str = answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    return reference.rsplit("/", 1)[-1]


def _tell_held(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Say of a read how its answer is known again: by its version, or, where it has none, by a tag of its content."""
    answer = operation["responses"]["200"]
    named = schemas.get(_model(answer), {})
    if "application/json" not in answer.get("content", {}):
        return
    if "version" in named.get("properties", {}):
        answer.setdefault("headers", {}).update(_named(VERSION))
        return
    answer.setdefault("headers", {})[VERSION] = _header(VERSION) | {"description": TAG_MEANS}
    operation.setdefault("parameters", []).append(
        {
            "in": "header", "name": "if-none-match", "required": False, "description": HELD_MEANS,
            "schema": {"type": "string", "maxLength": LONGEST_TAGS},
        }
    )  # fmt: skip
    tag = {VERSION: _header(VERSION) | {"description": TAG_MEANS}} | _named(*OF_A_CALL)
    operation["responses"]["304"] = {"description": "The caller holds this answer already.", "headers": tag}


def _tell_calls(answers: dict[str, Any]) -> None:
    """Say of answers what goes with each: the request's name in the log, how many calls are left."""
    for status, answer in answers.items():
        if status < "300":
            answer.setdefault("headers", {}).update(_named(*OF_A_CALL))


def _whole_numbers(part: Any) -> None:
    """Let the bounds of whole numbers be whole: as a float the last one, that of int64, is one more than fits."""
    if isinstance(part, dict):
        if part.get("type") == "integer":
            for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
                if bound in part:
                    part[bound] = min(int(part[bound]), MAX_ID)
        part = part.values()
    if isinstance(part, (list, type({}.values()))):
        for one in part:
            _whole_numbers(one)


SHOWS = ROOT / "openapi" / "shown.json"
"""What the reads of a full database read, told by `tests/contract/test_shown.py`, which writes it with `UPDATE=1`."""
SHOWN = {name: nouns.split() for name, nouns in json.loads(SHOWS.read_text(encoding="utf-8")).items()}
SHOWN |= {f"follow{code.capitalize()}": ["*"] for code in known()}
"""By operation: the nouns whose change makes its answer stale; what follows a noun's changes tells of any (`*`)."""


def build(app: FastAPI) -> dict[str, Any]:
    """Return the document; kept on the app as FastAPI expects."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=[{"url": "/", "description": "The installation that this file comes from"}],
        contact={"name": "Kith CRM"},
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    reference = "#/components/schemas/{model}"
    problem = Problem.model_json_schema(ref_template=reference)
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    sorts = dict(_sorts())
    records = {model.__name__ for model in RECORDS}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _tell_values(operation, sorts.get(operation["operationId"], []))
            if method != "post" and "parameters" in operation:
                operation["parameters"] = [p for p in operation["parameters"] if p["name"] != "idempotency-key"]
            answers = operation["responses"]
            answers.pop("422", None)
            answers |= {status: _refusal(status, method) for status in _possible(path, method, operation)}
            if method == "get":
                _tell_held(operation, schemas)
            _tell_calls(answers)
            if method != "get":
                _tell_written(operation, schemas, records)
            elif operation["operationId"] in SHOWN:
                operation["x-shows"] = SHOWN[operation["operationId"]]
    document["components"]["headers"] = {name: _header(name) for name in EXPOSED}
    document["components"]["responses"] = dict(_refusals())
    document["x-nouns"] = nouns.described(document)
    _whole_numbers(document)
    examples.add(document)
    app.openapi_schema = document
    return document
