"""What may be done with a contact, by whom: it is as its customer's manager has it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.scope import get, unscoped
from app.core.steps import Block, Step, Steps
from app.core.ways import By, reach
from app.models.access.rbac import Permission as P
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman


class Holding(NamedTuple):
    """What decides who may do what; `known`: personal facts stand in the contact or in its log."""

    manager_id: int | None
    known: bool


def of_row(row: Mapping[str, Any], *, known: bool = False) -> Holding:
    """Return what decides over a row of the list, or a detail. What the log knows is not asked for each row."""
    return Holding(row["manager_id"], known)


WRITES = (By(P.linkmen_write, reach("manager_id")),)
UNKNOWN = Block(lambda _, linkman: not linkman.known, "There are no personal facts to erase.")
STEPS = Steps(
    {
        "update": Step(None, None, WRITES),
        "delete": Step(None, None, WRITES),
        "move": Step(None, None, WRITES),
        "erase": Step(
            None, None, WRITES, "The personal facts of this contact are not yours to see or change.", (UNKNOWN,),
            (By(P.linkmen_personal, reach("manager_id")),),
        ),
    }
)  # fmt: skip


async def locked(ctx: Ctx, linkman_id: int, step: str, version: int | None = None) -> Linkman:
    """Return the contact with its row locked, after all that may refuse the step; erasing twice is no error."""
    linkman = await get(ctx, Linkman, linkman_id, lock=True)
    manager = select(Customer.manager_id).where(Customer.id == linkman.customer_id)
    manager_id = await ctx.session.scalar(unscoped(manager, "of a contact that was found"))
    STEPS.check(ctx, step, Holding(manager_id, known=True), linkman, version)
    return linkman
