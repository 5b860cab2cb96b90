"""What is found instead of listed: every file of a layer, in whatever room it stands."""

import pytest

import app.models
import app.routers
from app.core import found
from app.routers import NOUNS
from tests.factories import house


@pytest.mark.parametrize("layer", ["models", "routers"])
def test_every_file_of_a_layer_is_found(layer: str) -> None:
    package = {"models": app.models, "routers": app.routers}[layer]
    known = {one.__name__.removeprefix(f"app.{layer}.") for one in found.modules(package)}
    assert known == house.names(layer)


def test_each_router_answers_once_and_each_tag_is_described_once() -> None:
    assert len({id(one) for one in NOUNS}) == len(NOUNS) >= 40
    described = [one.tag for one in NOUNS if one.means]
    assert sorted(described) == sorted({one.tag for one in NOUNS})


def test_what_is_asked_most_is_tried_first() -> None:
    busy = [one.busy for one in NOUNS]
    assert busy == sorted(busy, reverse=True)
    assert True in busy
