"""Values in the log can be emptied, by one function and for one record at a time; who did it stands in the log."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.core.audit import log
from app.core.ctx import Actor
from app.core.erasure import erase
from app.models.base.audit import LogEntry
from tests.factories.make import Make
from tests.factories.team import Team

EMPTY = [None, None]


async def story(make: Make, entity: str, entity_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Return action and changes of the log's rows of a record, in the order in which they were written."""
    mine = (LogEntry.entity == entity, LogEntry.entity_id == entity_id)
    rows = await make.session.execute(select(LogEntry.action, LogEntry.changes).where(*mine).order_by(LogEntry.id))
    return [(action, changes) for action, changes in rows]


async def test_named_fields_are_emptied_in_all_rows_of_one_record(make: Make) -> None:
    for record in (71, 72):
        log(make.ctx, "create", "probe", record, {"name": [None, "甲"], "phone": [None, "138"]})
        log(make.ctx, "update", "probe", record, {"phone": ["138", "139"]})
    assert await erase(make.ctx, "probe", 71, ["phone"]) == 2
    assert await story(make, "probe", 71) == [
        ("create", {"name": [None, "甲"], "phone": EMPTY}),
        ("update", {"phone": EMPTY}),
        ("erase", {"phone": EMPTY}),
    ]
    assert (await story(make, "probe", 72))[1] == ("update", {"phone": ["138", "139"]})


async def test_without_names_everything_is_emptied_and_named(make: Make) -> None:
    log(make.ctx, "create", "probe", 73, {"name": [None, "甲"], "phone": [None, "138"]})
    log(make.ctx, "purge", "probe", 73, {})
    assert await erase(make.ctx, "probe", 73) == 1
    everything = {"name": EMPTY, "phone": EMPTY}
    assert await story(make, "probe", 73) == [("create", everything), ("purge", {}), ("erase", everything)]


async def test_what_the_same_transaction_changed_is_emptied_too(make: Make, team: Team) -> None:
    customer = await make.customer(team.manager, name="甲公司")
    customer.name = "乙公司"
    await erase(make.ctx, "customers", customer.id, ["name"])
    await make.session.flush()
    assert not [
        changes for _, changes in await story(make, "customers", customer.id) if changes.get("name", EMPTY) != EMPTY
    ]


async def test_who_and_in_which_request_stands_in_its_own_row(make: Make, team: Team) -> None:
    ctx = replace(make.ctx, actor=Actor(team.admin.id, "admin"), request_id="r-1", ip="10.0.0.9")
    assert await erase(ctx, "probe", 74, ["phone"]) == 0
    mine = (LogEntry.entity == "probe", LogEntry.entity_id == 74)
    row = (await make.session.scalars(select(LogEntry).where(*mine))).one()
    assert (row.action, row.actor_id, row.request_id, row.ip) == ("erase", team.admin.id, "r-1", "10.0.0.9")
