"""What callers send is read by the shared types: no bare date, no text that nobody brought into its normal form."""

import types
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

from fastapi.dependencies.models import Dependant
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.core.dates import READS
from app.core.nouns import OneOf
from app.core.texts import LINE, LINES, Opaque
from app.core.types import Body
from tests.guards.test_routes import application, routes

Leaf = tuple[str, type, tuple[Any, ...]]


def leaves(annotation: Any, metadata: tuple[Any, ...], where: str, seen: set[type]) -> Iterator[Leaf]:
    """Yield every scalar in an annotation with what is said of it, into the models that it names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.add(annotation)
            for name, field in annotation.model_fields.items():
                yield from of_field(field, f"{annotation.__name__}.{name}", seen)
        return
    if hasattr(annotation, "__metadata__"):
        yield from leaves(annotation.__origin__, (*annotation.__metadata__, *metadata), where, seen)
    elif get_origin(annotation) in {list, dict, Union, types.UnionType}:
        for part in get_args(annotation):
            yield from leaves(part, metadata, where, seen)
    elif get_origin(annotation) is not Literal and isinstance(annotation, type):
        yield where, annotation, metadata


def of_field(field: FieldInfo, where: str, seen: set[type]) -> Iterator[Leaf]:
    yield from leaves(field.annotation, tuple(field.metadata), where, seen)


def sent() -> Iterator[Leaf]:
    """Yield what bodies, addresses, queries, headers and forms of all routes may carry."""
    seen: set[type] = set()
    for path, route in routes(application()):
        pending: list[Dependant] = [route.dependant]
        while pending:
            one = pending.pop()
            pending += one.dependencies
            parts = (one.path_params, one.query_params, one.header_params, one.cookie_params, one.body_params)
            for parameter in (each for part in parts for each in part):
                yield from of_field(parameter.field_info, f"{path} {parameter.name}", seen)


FRAMEWORK = {"username", "password", "grant_type", "scope", "client_id", "client_secret"}
"""Fields of the log-in form, which the log-in reads itself."""


def closed(metadata: tuple[Any, ...]) -> bool:
    """Tell whether a pattern, or what the nouns of the house are, says which texts there are."""
    return any(getattr(one, "pattern", None) or isinstance(one, OneOf) for one in metadata)


def test_the_walk_sees_what_is_sent() -> None:
    found = {where for where, _, _ in sent()}
    assert {"CustomerWrite.name", "ChanceQuery.close_from", "OrderPaymentImport.date"} <= found
    assert len(found) > 300


def test_a_date_that_is_sent_is_iso_text() -> None:
    bare = {where for where, kind, said in sent() if kind in (date, datetime) and not any(one in READS for one in said)}
    assert not bare


def test_a_text_that_is_sent_is_brought_into_its_normal_form() -> None:
    bare = {
        where
        for where, kind, said in sent()
        if kind is str
        and where.split()[-1] not in FRAMEWORK
        and not any(one in (LINE, LINES) or isinstance(one, Opaque) for one in said)
        and not closed(said)
    }
    assert not bare


def shapes(annotation: Any) -> Iterator[tuple[type, Any]]:
    """Yield each number that a field may hold, with true in its place: bare, in a list, in a mapping."""
    if hasattr(annotation, "__metadata__"):
        yield from shapes(annotation.__origin__)
    elif get_origin(annotation) in {Union, types.UnionType}:
        for part in get_args(annotation):
            yield from shapes(part)
    elif get_origin(annotation) is list:
        yield from ((kind, [true]) for kind, true in shapes(get_args(annotation)[0]))
    elif get_origin(annotation) is dict:
        yield from ((kind, {"A": true}) for kind, true in shapes(get_args(annotation)[1]))
    elif annotation in (int, float, Decimal):
        yield annotation, True


def bodies() -> Iterator[type[BaseModel]]:
    seen: set[type] = set()
    for path, route in routes(application()):
        for parameter in route.dependant.body_params:
            list(of_field(parameter.field_info, path, seen))
    yield from seen


def test_true_is_no_number_in_any_body() -> None:
    tried, taken = 0, set()
    for model in bodies():
        for name, field in model.model_fields.items():
            if bool in {kind for _, kind, _ in of_field(field, name, set())}:
                continue
            for _, true in shapes(field.annotation):
                tried += 1
                try:
                    model.model_validate({field.alias or name: true})
                except ValidationError as error:
                    if any(one["loc"][0] == (field.alias or name) for one in error.errors()):
                        continue
                taken.add(f"{model.__name__}.{name}")
    assert tried > 50
    assert not taken


def test_every_body_is_one_that_refuses_what_nobody_asked_for() -> None:
    assert not {model.__name__ for model in bodies() if not issubclass(model, Body)}
