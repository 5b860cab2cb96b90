"""Log rows and sums are written together at the end, read before it if asked for, and forgotten with what failed."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from app.models.base.audit import LogEntry
from app.models.sales.chances import ChanceSum
from tests.factories.make import Make
from tests.factories.team import Team

ACTIONS = select(LogEntry.action).where(LogEntry.entity == "chances").order_by(LogEntry.id)


async def test_both_are_one_statement(make: Make, team: Team) -> None:
    chance = await make.chance(team.manager, amount=Decimal(1))
    chance.amount = Decimal(5)
    await make.session.flush()
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen((await make.session.connection()).sync_connection, "before_cursor_execute", note)
    await make.session.commit()
    (written,) = (statement for statement in seen if "sys_log" in statement)
    assert "sal_chance_sum" in written
    assert [statement for statement in seen if "sal_chance_sum" in statement] == [written]
    assert (await make.session.scalars(ACTIONS)).all() == ["create", "update"]


async def test_the_transaction_reads_its_own_log(make: Make, team: Team) -> None:
    chance = await make.chance(team.manager, amount=Decimal(1))
    chance.amount = Decimal(5)
    await make.session.flush()
    assert (await make.session.scalars(ACTIONS)).all() == ["create", "update"]
    await make.session.commit()
    assert (await make.session.scalars(ACTIONS)).all() == ["create", "update"]


async def test_a_rollback_forgets(make: Make, team: Team) -> None:
    chance = await make.chance(team.manager, amount=Decimal(1))
    sums = select(ChanceSum.amount)
    before = (await make.session.scalars(sums)).all()
    chance.amount = Decimal(5)
    await make.session.flush()
    await make.session.rollback()
    await make.session.commit()
    assert (await make.session.scalars(sums)).all() == before
    assert (await make.session.scalars(ACTIONS)).all() == ["create"]


async def test_sums_refuse_to_guess_an_old_value(make: Make, team: Team) -> None:
    chance = await make.chance(team.manager)
    chance.amount = Decimal(5)
    with pytest.raises(RuntimeError, match="amount was set without its old value"):
        await make.session.flush()
