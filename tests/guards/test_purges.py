"""A new reference to what can be purged asks for a decision: does its row go along, does it keep the record, or is it emptied."""

from sqlalchemy import Table

import app.models  # noqa: F401  registers the tables
from app.core import nouns
from app.core.db import Base
from app.core.leaving import Goes, fate
from app.schemas.base.recycle_bin import PurgeBlock, PurgeGoes
from app.services.base import purges


def purged() -> set[Table]:
    found: set[Table] = set()
    steps = [noun.model.__table__ for noun in nouns.known().values() if noun.binned]
    while steps:
        table = steps.pop()
        found.add(table)
        steps += [
            other for other, column in purges.references(table) if isinstance(fate(column), Goes) and other not in found
        ]
    return found


def test_every_reference_goes_blocks_or_can_be_emptied() -> None:
    open_ = {
        str(column)
        for table in purged()
        for _, column in purges.references(table)
        if not fate(column) and not column.nullable
    }
    assert open_ == set()


def test_what_is_said_is_said_of_a_reference_to_what_can_go_and_told() -> None:
    said = {
        column: found for table in Base.metadata.sorted_tables for column in table.columns if (found := fate(column))
    }
    assert {str(column) for column in said} == {
        str(column) for table in purged() for _, column in purges.references(table) if fate(column)
    }
    words = set(PurgeGoes.model_json_schema()["properties"]["noun"]["enum"])
    told = set(PurgeBlock.model_json_schema()["properties"]["what"]["enum"])
    assert {"assets", "linkmen", "lines"} <= words
    assert {"orders", "stock", "reports", "alive"} <= told


def test_the_key_of_what_goes_is_one_column() -> None:
    assert {table.name for table in purged() if len(table.primary_key.columns) != 1} == set()
