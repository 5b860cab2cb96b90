"""What an address may be asked by its query: anything else is refused, as a field that a body does not have.

Left unsaid, a filter that a list has not got would be answered with all there is, and `dry_run` where there is none would write.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel

from app.core.errors import FieldError, Invalid

WORDS = "Extra inputs are not permitted"
"""As models say it of their fields."""


def names(dependant: Dependant) -> Iterator[str]:
    """Yield what a route, with all that it depends on, may be asked by its query."""
    for one in dependant.query_params:
        kind: Any = one.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from (field.alias or name for name, field in kind.model_fields.items())
        else:
            yield one.alias
    for below in dependant.dependencies:
        yield from names(below)


def check(request: Request, known: frozenset[str]) -> None:
    """Raise `Invalid` for what a route does not know."""
    if not request.scope["query_string"]:
        return
    unknown = sorted(request.query_params.keys() - known)
    errors: list[FieldError] = [
        {"pointer": f"/{name}", "code": "extra_forbidden", "message": WORDS} for name in unknown
    ]
    if errors:
        raise Invalid(**errors[0], more=errors[1:])
