"""The first hour: what an administrator and a supervisor do before a company works here, each told by the data itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.rbac import Role
from app.models.access.users import User
from app.models.base.dict import DictItem
from app.models.base.settings import Setting
from app.models.customers.customers import Customer
from app.models.sales.chances import Chance
from app.models.sales.goals import Goal
from app.models.sales.processes import Process

KEEPER, LEADER = P.users_write, P.chances_assign
"""The rights that tell whose list it is: who keeps the installation, and who leads people."""


@dataclass(frozen=True)
class FirstStep:
    """One thing to do: the right that it needs, in whose lists it stands, how the data tell that it was done."""

    right: P
    lists: tuple[P, ...]
    done: Callable[[Ctx], ColumnElement[bool]]
    optional: bool = False


def _any(model: Any) -> Callable[[Ctx], ColumnElement[bool]]:
    return lambda _: exists(select(model.id))


def _touched(model: Any) -> Callable[[Ctx], ColumnElement[bool]]:
    """Return how to tell that somebody made or changed a row: those that come with Kith have no maker and version 1."""
    return lambda _: exists(select(model.id).where(or_(model.version > 1, model.created_by.is_not(None))))


def _set(name: str) -> Callable[[Ctx], ColumnElement[bool]]:
    """Return how to tell that somebody gave a setting a value: some come with Kith."""
    return lambda _: exists(select(Setting.name).where(Setting.name == name, Setting.changed_by.is_not(None)))


def _others(ctx: Ctx) -> ColumnElement[bool]:
    return exists(select(User.id).where(User.id != ctx.actor.id, User.flag == "active"))


STEPS: dict[str, FirstStep] = {
    "company": FirstStep(P.settings_write, (KEEPER,), _set("company.name")),
    "logo": FirstStep(P.settings_write, (KEEPER,), _set("company.logo"), optional=True),
    "departments": FirstStep(P.departments_write, (KEEPER,), _any(Department)),
    "people": FirstStep(P.users_write, (KEEPER, LEADER), _others),
    "roles": FirstStep(P.rbac_write, (KEEPER,), _touched(Role), optional=True),
    "dictionary": FirstStep(P.dict_write, (KEEPER,), _touched(DictItem), optional=True),
    "stages": FirstStep(P.processes_write, (KEEPER, LEADER), _touched(Process), optional=True),
    "data": FirstStep(P.imports_write, (KEEPER,), _any(Customer)),
    "demo": FirstStep(
        P.settings_write, (KEEPER,), lambda _: exists(select(User.id).where(User.is_demo)), optional=True
    ),
    "customer": FirstStep(P.customers_create, (LEADER,), _any(Customer)),
    "chance": FirstStep(P.chances_create, (LEADER,), _any(Chance)),
    "goal": FirstStep(P.goals_write, (LEADER,), _any(Goal)),
}
"""In the order in which they are done. What most companies keep as it comes is optional."""


async def everything(ctx: Ctx) -> dict[str, Any]:
    """Return the caller's list in one statement; the demo company is offered only while there are no customers."""
    found = {code: step for code, step in STEPS.items() if any(ctx.actor.can(right) for right in step.lists)}
    if not found:
        return {"complete": True, "steps": []}
    columns = (step.done(ctx).label(code) for code, step in found.items())
    done = (await ctx.session.execute(unscoped(select(*columns), "whether anything is there at all"))).one()._asdict()
    if done.get("data") and not done["demo"]:
        del found["demo"]
    steps = [_show(ctx, code, step, done=done[code]) for code, step in found.items()]
    return {"complete": all(one["done"] or one["optional"] for one in steps), "steps": steps}


def _show(ctx: Ctx, code: str, step: FirstStep, *, done: bool) -> dict[str, Any]:
    mine = ctx.actor.can(step.right)
    return {"code": code, "done": done, "optional": step.optional, "right": step.right, "mine": mine}
