"""Importing services: recorded, assigned, dealt with, visited, heard and ended when and by whom they were.

A row sent again goes on where the service stands; rounds that are there are never written over.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.models.access.departments import Department
from app.models.access.users import User
from app.models.care.services import Service, ServiceRound
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.schemas.care.service_steps import ServiceAssignBody, VoidBody
from app.schemas.care.services import ServicePatch, ServiceWrite
from app.schemas.imports.imports import ImportBody
from app.services.care import service_actions as actions
from app.services.care import service_steps as steps
from app.services.care import services as noun
from app.services.imports import imports
from app.services.imports import rounds as import_rounds
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line, moment
from app.services.imports.steps import then

REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "linkman_external_id": ("linkman_id", Linkman),
    "product_external_id": ("product_id", Product),
    "origin_external_id": ("origin_id", Service),
    "department_external_id": ("department_id", Department),
    "creator_external_id": ("creator_id", User),
    "assignee_external_id": ("assignee_id", User),
    **{name: (name, User) for name in import_rounds.PEOPLE},
}
FIXED = ("customer_external_id", "origin_external_id", "creator_external_id", "opened_at")
NEEDED = ("type", "priority", "creator_id", "opened_at", "assigned_at", "assignee_id", "voided_at", "void_reason")
GIVEN = {"assignee_external_id", "assigned_at"}
Rounds = dict[int | None, list[ServiceRound]]


async def services(ctx: Ctx, body: ImportBody[Any]) -> Batch:
    """Import services; customers, contacts, products and origins come before."""
    batch = await imports.start(ctx, Service, body, REFERENCES, _together)
    await import_steps.hold(batch, Customer)
    there = await _rounds(ctx, [line.row.id for line in batch.sound if line.row])

    async def tell(line: Line) -> Service:
        line.facts.pop("rounds", None)
        import_steps.moments(ctx, line, "opened_at", "assigned_at", "voided_at")
        import_rounds.moments(ctx, line)
        import_steps.fixed(batch, line, *FIXED)
        import_steps.unless_refused(line)
        facts = import_steps.said(line, *NEEDED)
        service = await _recorded(ctx, line, facts)
        await _assigned(ctx, line, service, facts)
        again = line.row is not None and bool(
            line.set_aside
        )  # what was read before is not what is there after a savepoint
        rounds = (await _rounds(ctx, [service.id]) if again else there).get(service.id, [])
        await import_rounds.tell(batch, line, service, rounds)
        await _ended(ctx, line, service, facts)
        return service

    await import_steps.each(batch, tell)
    return batch


def _together(_service: Service, held: set[str]) -> set[str]:
    """Leave whom a person gave it to with when."""
    return held | GIVEN if held & GIVEN else held


async def _rounds(ctx: Ctx, ids: Sequence[int]) -> Rounds:
    statement = select(ServiceRound).where(ServiceRound.service_id.in_(ids)).order_by(ServiceRound.n)
    found: Rounds = {}
    for one in await ctx.session.scalars(statement, execution_options=ACROSS) if ids else ():
        found.setdefault(one.service_id, []).append(one)
    return found


async def _recorded(ctx: Ctx, line: Line, facts: dict[str, Any]) -> Service:
    """Record a new service when it was opened, at the latest when the first thing happened; change facts of an open one."""
    if line.row is None:
        happened = [facts.get("assigned_at"), *(moment(ctx, one.dealt_at) for one in line.given.rounds or ())]
        opened_at = facts.get("opened_at") or min((at for at in happened if at), default=ctx.now)
        body = {name: value for name, value in facts.items() if name in ServiceWrite.model_fields and value is not None}
        with then(ctx, facts.get("creator_id"), opened_at) as past:
            return await noun.add(past, ServiceWrite(**body))
    service: Service = line.row
    changed = {name: value for name, value in facts.items() if name in ServicePatch.model_fields}
    changed = {name: value for name, value in changed.items() if getattr(service, name) != value}
    if changed:
        with then(ctx, service.creator_id, ctx.now) as past:
            actions.STEPS.check(past, "update", actions.of(service, None), service)
            await noun.change(past, service, ServicePatch(**changed))
    return service


async def _assigned(ctx: Ctx, line: Line, service: Service, facts: dict[str, Any]) -> None:
    """Assign a service, or give one that is assigned to another person."""
    assignee, at = facts.get("assignee_id"), facts.get("assigned_at")
    if assignee is None or assignee == service.assignee_id:
        return
    line.about("assignee_external_id")
    step = "assign" if service.assignee_id is None else "reassign"
    with then(ctx, service.creator_id, at or (service.opened_at if step == "assign" else ctx.now)) as past:
        actions.STEPS.check(past, step, actions.of(service, None), service)
        await steps.give(past, service, step, ServiceAssignBody(assignee_id=assignee))


async def _ended(ctx: Ctx, line: Line, service: Service, facts: dict[str, Any]) -> None:
    """End what needs no dealing with."""
    reason = facts.get("void_reason")
    if reason is None or reason == service.void_reason:
        return
    line.about("void_reason")
    with then(ctx, None, facts.get("voided_at") or ctx.now) as past:
        actions.STEPS.check(past, "void", actions.of(service, None), service)
        await steps.end(past, service, VoidBody(reason=reason))
