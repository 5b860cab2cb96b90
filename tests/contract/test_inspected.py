"""What FastAPI finds out of a query's fields is found once, and is what it would find each time."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi._compat import shared
from fastapi.dependencies import utils

from api import inspected
from app.core.listing import LISTINGS
from tests.conftest import Client
from tests.factories.team import Team

As = Callable[..., Client]


def annotations() -> Iterator[Any]:
    for listing in LISTINGS:
        for field in listing.query.model_fields.values():
            yield field.annotation


def test_the_answer_is_the_same_for_every_field_of_every_list() -> None:
    known = inspected.once(shared.field_annotation_is_sequence)
    found = [(known(one), known(one), shared.field_annotation_is_sequence(one)) for one in annotations()]
    assert all(first == again == truth for first, again, truth in found)
    assert {truth for _, _, truth in found} == {True, False}


def test_an_annotation_that_is_no_key_is_looked_at_each_time() -> None:
    asked = []
    answer = inspected.once(lambda annotation: bool(asked.append(annotation)) or True)
    assert answer([]) is answer([]) is True
    assert asked == [[], []]


async def test_a_second_request_takes_no_annotation_apart(team: Team, as_: As, monkeypatch: Any) -> None:
    looked: list[Any] = []

    def origin(annotation: Any) -> Any:
        looked.append(annotation)
        return None

    assert (await as_(team.manager).get("/customers?limit=5")).status_code == 200
    monkeypatch.setattr(shared, "get_origin", origin)
    assert (await as_(team.manager).get("/customers?limit=5&sort=name")).status_code == 200
    assert looked == []
    utils.field_annotation_is_sequence(dict[str, tuple[int, str]])
    assert looked  # it is this that is counted
