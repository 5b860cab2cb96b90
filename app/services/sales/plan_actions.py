"""The life cycle of a plan item as a table: it moves while its chance is assigned (domain section 5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import IllegalTransition
from app.core.scope import get, unscoped
from app.core.steps import Block, Step, Steps
from app.core.ways import By, oneself, reach
from app.models.access.rbac import Permission as P
from app.models.sales.chances import WORKED_ON, Chance
from app.models.sales.plans import Plan
from app.services.sales import chance_actions


class Holding(NamedTuple):
    """What decides who may do what; the chance's owner is its assignee, else its creator."""

    status: str
    chance_status: str
    chance_owner_id: int
    assignee_id: int | None
    done_by: int | None
    done_at: datetime | None


def of(ctx: Ctx, plan: Plan, chance: Chance) -> Holding:
    """Return what decides over an item that was loaded."""
    return Holding(
        plan.status,
        chance_actions.status_then(ctx, chance),
        chance.owner_id,
        chance.assignee_id,
        plan.done_by,
        plan.done_at,
    )


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    people = (row["assignee"] or {}).get("id"), (row["done_by"] or {}).get("id")
    return Holding(row["status"], row["chance_status"], row["chance_owner_id"], *people, row["done_at"])


def _writer_today(ctx: Ctx, plan: Holding, _right: str) -> bool:
    done_on = plan.done_at.astimezone(ctx.timezone).date() if plan.done_at else None
    return plan.done_by == ctx.actor.id and done_on == ctx.today


OPEN = frozenset({"open"})
WRITES = (By(P.plans_write, reach("chance_owner_id")),)
UNASSIGNED = Block(
    lambda _, plan: plan.chance_status not in WORKED_ON, "The plan of a chance moves only while somebody works on it.",
    lambda plan: {"state": plan.chance_status}, IllegalTransition,
)  # fmt: skip
STEPS = Steps(
    {
        "update": Step(OPEN, None, WRITES, blocks=(UNASSIGNED,)),
        "delete": Step(OPEN, None, WRITES, blocks=(UNASSIGNED,)),
        "execute": Step(
            OPEN, "done", (By(P.plans_execute, oneself("assignee_id")),),
            "Only the assignee of the chance may execute its plan.", (UNASSIGNED,),
        ),
        "correct": Step(
            frozenset({"done"}), None, (By(P.plans_write, _writer_today),),
            "A result may be corrected by its writer on the same day.", (UNASSIGNED,),
        ),
    }
)  # fmt: skip


def cancel(items: Iterable[Plan]) -> None:
    """Let what was not done of the plan of a chance that has ended be done no more."""
    for plan in items:
        plan.status = "cancelled"


async def locked(ctx: Ctx, plan_id: int, step: str, version: int | None = None) -> tuple[Plan, Chance]:
    """Return the item and its chance, the item locked, after all that may refuse the step; who executes locks both."""
    plan = await get(ctx, Plan, plan_id, lock=True)
    its = select(Chance).where(Chance.id == plan.chance_id)
    its = its.with_for_update().execution_options(populate_existing=True) if step == "execute" else its
    chance = (await ctx.session.scalars(unscoped(its, "of an item that was checked"))).one()
    STEPS.check(ctx, step, of(ctx, plan, chance), plan, version)
    return plan, chance
