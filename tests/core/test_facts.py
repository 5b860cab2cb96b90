"""What is known of the facts of a noun: nothing of a read is overlooked, and what is derived is what the columns say."""

import pytest

from app.core import facts, nouns
from app.core.facts import Fact
from app.core.listing import LISTINGS
from app.models.goods.products import COST

NOUNS = sorted(nouns.known())


@pytest.mark.parametrize("code", NOUNS)
def test_whatever_is_read_is_a_fact_or_named_as_particular(code: str) -> None:
    noun = nouns.known()[code]
    assert len(facts.facts(noun)) > 8
    assert facts.particulars(noun) == noun.particular


@pytest.mark.parametrize("code", NOUNS)
def test_a_list_is_ordered_by_facts_alone(code: str) -> None:
    noun = nouns.known()[code]
    assert {key for key, fact in facts.facts(noun).items() if fact.sorted} == noun.listing.sorts.keys() - {"id"}


@pytest.mark.parametrize("code", NOUNS)
def test_whatever_a_body_writes_is_a_fact_or_says_how(code: str) -> None:
    """A body writes facts; what else it says is how the write is meant, and kept nowhere."""
    noun = nouns.known()[code]
    of = facts.schemas(noun)
    written = {key for purpose in ("Write", "Patch") if purpose in of for key in of[purpose].model_fields}
    known = {name for key in noun.particular | facts.facts(noun).keys() for name in (key, f"{key}_id")}
    how = {"chances": {"process_id", "reason"}, "customers": {"confirm_new"}, "users": {"language"}}
    assert written - known == how.get(code, set())


def test_a_fact_is_what_its_column_says() -> None:
    of = {code: facts.facts(noun) for code, noun in nouns.known().items()}
    assert of["customers"]["turnover"] == Fact(
        "turnover", "money", listed=True, sorted=True, written=True, guarded=True
    )
    assert of["customers"]["region"].types == ("region",)
    assert of["chances"]["close_reason"].types == ("success_reason", "fail_reason")
    assert (of["chances"]["customer"].kind, of["chances"]["customer"].noun) == ("reference", "customers")
    assert of["arrivals"]["created_by"].kind == "person"
    assert of["users"]["roles"].kind == "choices"
    assert of["customers"]["status"].choices == ("normal", "warning", "lost")
    assert of["products"]["tax_rate"].kind == "fraction"
    assert {key for key, fact in of["products"].items() if fact.guarded} == {"cost"} <= set(COST)
    required = {key for key, fact in of["arrivals"].items() if fact.required}
    assert required == {"product", "warehouse", "bin", "count", "expected_on"}


def test_every_noun_s_schemas_are_found_beside_its_query() -> None:
    assert len(LISTINGS) >= len(NOUNS)
    assert [code for code in NOUNS if {"Read", "Row", "Query"} - facts.schemas(nouns.known()[code]).keys()] == []
