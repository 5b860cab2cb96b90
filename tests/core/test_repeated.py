"""What repeats another record's owner says so at its column: it takes it over, follows it, and is compared."""

from typing import Any

import pytest
from sqlalchemy import select, update

import app.models  # noqa: F401  registers the tables
from app.core import repeated
from app.core.db import Base
from app.core.scope import unscoped
from app.models.access.users import User
from app.services.base import verify
from tests.factories import house
from tests.factories.make import Make
from tests.factories.team import Team

REPEATED = {one.model.__audit__: one for one in repeated.everywhere()}


def test_whom_the_log_does_not_name_is_named_elsewhere() -> None:
    """A person in a column that is kept out of the log is repeated from a record that has it there."""
    silent = {
        (mapper.class_, prop.key)
        for mapper in Base.registry.mappers
        for prop in mapper.column_attrs
        if prop.columns[0].info.get("secret") and _names_a_person(prop.columns[0])
    }
    assert silent == {(one.model, one.attribute) for one in REPEATED.values()} != set()


def _names_a_person(column: Any) -> bool:
    return any(key.column.table is User.__table__ for key in column.foreign_keys)


@pytest.mark.parametrize("noun", REPEATED)
async def test_it_follows_to_the_next_owner_and_to_that_of_another(noun: str, make: Make, team: Team) -> None:
    one, customer, other = REPEATED[noun], await make.customer(team.manager), await make.customer(team.stranger)
    row = await getattr(make, house.singular(noun))(customer)
    customer.manager_id = team.colleague.id
    await make.session.flush()
    assert await _kept(make, one, row.id) == team.colleague.id
    setattr(row, one.via, other.id)
    await make.session.flush()
    assert await _kept(make, one, row.id) == team.stranger.id


@pytest.mark.parametrize("noun", REPEATED)
async def test_it_is_compared(noun: str, make: Make, team: Team) -> None:
    one = REPEATED[noun]
    row = await getattr(make, house.singular(noun))(await make.customer(team.manager))
    wrong = update(one.model).where(one.model.id == row.id).values({one.attribute: team.stranger.id})
    await make.session.execute(wrong.execution_options(synchronize_session=False))
    place = f"{one.model.__tablename__} {row.id} {getattr(one.model, one.attribute).property.columns[0].name}"
    assert await verify.sums(make.ctx) == [f"{place}: kept {team.stranger.id}, customer {team.manager.id}"]


async def _kept(make: Make, one: repeated.Repeated, row_id: int) -> Any:
    kept = select(getattr(one.model, one.attribute)).where(one.model.id == row_id)
    return await make.session.scalar(unscoped(kept, "whosever it is"))
