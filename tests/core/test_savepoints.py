"""What a transaction noted for its end goes back to a savepoint with the rows: the log, the feed, sums, nouns, its act."""

from decimal import Decimal

from sqlalchemy import func, select

from app.core import acts, touched
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.base.changes import Change
from app.models.sales.chances import ChanceSum
from app.services.base import verify
from tests.factories.make import Make
from tests.factories.team import Team

NOTES = select(LogEntry.changes["amount"]).where(LogEntry.action == "update").order_by(LogEntry.id)


async def test_what_failed_leaves_no_trace_and_what_was_before_and_after_does(make: Make, team: Team) -> None:
    first, second, third = [await make.chance(team.manager, amount=Decimal(1)) for _ in range(3)]
    session, changes = make.session, select(func.count()).select_from(Change)
    before = await session.scalar(changes) or 0
    first.amount = Decimal(10)
    await session.flush()
    point = await session.begin_nested()
    second.amount = Decimal(100)
    await session.flush()
    await session.scalars(NOTES)  # written to be read, and so gone with the savepoint
    await point.rollback()
    async with session.begin_nested():
        third.amount = Decimal(1000)
    await session.commit()
    assert (await session.scalars(NOTES)).all() == [["1", "10"], ["1", "1000"]]
    assert await session.scalar(select(func.sum(ChanceSum.amount))) == 1011
    assert await session.scalar(changes) == before + 2
    assert await verify.sums(make.ctx) == []


async def test_one_in_another_goes_with_it(make: Make, team: Team) -> None:
    chance, session = await make.chance(team.manager, amount=Decimal(1)), make.session
    outer = await session.begin_nested()
    async with session.begin_nested():
        chance.amount = Decimal(5)
    await outer.rollback()
    await session.commit()
    assert (await session.scalars(NOTES)).all() == []
    assert await verify.sums(make.ctx) == []


async def test_the_act_and_the_nouns_that_were_changed_outlast_it(make: Make, team: Team) -> None:
    session = make.session
    act = await make.add(Act(kind="import", at=make.now(), count=0, state="done"))
    chance = await make.chance(team.manager, amount=Decimal(1))
    acts.begin(session.sync_session, act.id)
    point = await session.begin_nested()
    touched.note(session.sync_session, "orders")
    await point.rollback()
    async with session.begin_nested():
        chance.amount = Decimal(2)
    assert touched.of(session.sync_session) == ["chances"]
    assert acts.of(session.sync_session) == act.id
    await session.commit()
    assert acts.of(session.sync_session) is None
