"""The register of nouns: complete or not to be asked, each once; what follows from a declaration."""

import re
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core import feed, nouns
from app.core.nouns import Noun, OneOf, Register
from app.core.orm import SoftDeleted
from app.routers import NOUNS
from app.services.customers.customers import listing
from tests.factories import house


def test_it_is_not_asked_before_it_is_complete_and_takes_none_after() -> None:
    register = Register()
    with pytest.raises(RuntimeError, match="not every service"):
        register.known()
    noun = nouns.known()["customers"]
    register.enter(noun)
    with pytest.raises(RuntimeError, match="twice"):
        register.enter(noun)
    register.close()
    with pytest.raises(RuntimeError, match="too late"):
        register.enter(nouns.known()["orders"])
    assert dict(register.known()) == {"customers": noun}
    with pytest.raises(RuntimeError, match="twice"):
        Noun(listing)


def test_whatever_programs_can_follow_is_a_noun() -> None:
    followed = {
        route.path.split("/")[-2] for router in NOUNS for route in router.routes if route.name.startswith("follow_")
    }
    assert nouns.known().keys() == followed
    assert followed < feed.records().keys()


def test_what_has_a_number_and_what_lies_in_the_bin() -> None:
    numbered = {code for code, noun in nouns.known().items() if noun.numbered}
    assert numbered == {"arrivals", "assets", "chances", "customers", "orders", "services"}
    binned = {code for code, noun in nouns.known().items() if noun.binned}
    assert binned == {"assets", "chances", "competitors", "customers", "linkmen", "orders"}
    assert all(issubclass(nouns.known()[code].model, SoftDeleted) for code in binned)


def test_people_know_every_record_by_something() -> None:
    assert [code for code, noun in nouns.known().items() if noun.title is None] == []


@pytest.mark.parametrize("given", ["losses", "", "nothing"])
def test_another_noun_is_refused_as_a_word_that_is_not_in_a_list(given: str) -> None:
    field: TypeAdapter[Any] = TypeAdapter(Annotated[str, OneOf(lambda noun: noun.binned)])
    assert field.validate_python("orders") == "orders"
    with pytest.raises(ValidationError) as refused:
        field.validate_python(given)
    (error,) = refused.value.errors()
    assert error["type"] == "literal_error"
    assert error["ctx"] == {"expected": "'assets', 'chances', 'competitors', 'customers', 'linkmen' or 'orders'"}
    assert field.json_schema()["enum"] == ["assets", "chances", "competitors", "customers", "linkmen", "orders"]


def test_what_reports_show_behind_a_number_is_counted() -> None:
    """Each noun that a drill names says so, and none says so in vain."""
    texts = [path.read_text(encoding="utf-8") for path in house.files("services")]
    shown = {code for text in texts for code in re.findall(r"\bBehind\(\s*\"(\w+)\"", text)}
    assert shown == {code for code, noun in nouns.known().items() if noun.counted} != set()
