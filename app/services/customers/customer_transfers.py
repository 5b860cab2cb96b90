"""Customers go to another manager, with the open chances and services that the old one works on (domain section 5).

Closed work and what past orders are credited to stay; open plan items follow their chance. Of work that the caller
does not see nothing moves.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from app.core import touched
from app.core.arrays import one_of
from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import AppError, Invalid
from app.core.handover import hand_over
from app.core.reference import Reference
from app.core.scope import scoped, unscoped
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.services import WORKED_ON as SERVICES_AT_WORK
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.sales.chances import WORKED_ON as CHANCES_AT_WORK
from app.models.sales.chances import Chance
from app.schemas.base.bulk import BulkItem, BulkResult, done, refused
from app.schemas.customers.customer_transfers import (
    BulkTransferBody,
    BulkTransferRead,
    TransferBody,
    TransferPick,
    TransferRead,
)
from app.services.access import people
from app.services.customers import customer_actions

WORKED_ON: dict[Any, tuple[str, ...]] = {Chance: CHANCES_AT_WORK, Service: SERVICES_AT_WORK}
"""The states in which somebody works on it."""
AT_MOST = 10_000
"""Pieces of open work of one kind in one transfer."""


async def preview_one(ctx: Ctx, customer_id: int) -> dict[str, Any]:
    """Tell what would go along with one customer; raise `NotFound`, `Forbidden` for one that is not the caller's to give."""
    return await _preview(ctx, [await _one(ctx, BulkItem(id=customer_id), lock=False)], [])


async def preview(ctx: Ctx, body: TransferPick) -> dict[str, Any]:
    """Tell what would go along with many; nothing is written."""
    customers, results = await _chosen(ctx, body.items, lock=False)
    return await _preview(ctx, customers, [one for one in results.values() if one.outcome == "refused"])


async def _preview(ctx: Ctx, customers: Sequence[Customer], refusals: list[BulkResult]) -> dict[str, Any]:
    ids = [customer.id for customer in customers]
    named = select(
        Customer.id, Customer.version, Customer.number, Customer.name, Reference("manager", User.id, User.name)
    )
    named = named.outerjoin(User, User.id == Customer.manager_id).where(one_of(Customer.id, ids)).order_by(Customer.id)
    rows = (await ctx.session.execute(unscoped(named, "customers that were checked"))).all()
    chances, services = [await _listed(ctx, model, ids) for model in (Chance, Service)]
    return {"customers": rows, "chances": chances, "services": services, "refused": refusals}


async def _listed(ctx: Ctx, model: Any, customers: list[int]) -> Sequence[Any]:
    columns = (model.id, model.number, model.title, model.status, Reference("customer", Customer.id, Customer.name))
    statement = select(*columns).join(Customer, _theirs(model, customers)).order_by(model.id).limit(AT_MOST + 1)
    return _bounded((await ctx.session.execute(scoped(ctx, statement, model))).all())


def _theirs(model: Any, customers: list[int]) -> ColumnElement[bool]:
    """Return the join of open work to its customer, whose manager works on it."""
    return and_(
        Customer.id == model.customer_id,
        Customer.manager_id == model.assignee_id,
        model.status.in_(WORKED_ON[model]),
        one_of(model.customer_id, customers),
    )


def _bounded(rows: Sequence[Any]) -> Sequence[Any]:
    if len(rows) > AT_MOST:
        raise Invalid("/items", "too_many", "These customers have too much open work; take fewer at once.")
    return rows


async def transfer(ctx: Ctx, customer_id: int, version: int | None, body: TransferBody) -> TransferRead:
    """Give a customer to another manager; the answer is short, for it may be out of sight now.

    Raises `Invalid` at /manager_id for who cannot be given the work or its services, at /chance_ids and /service_ids for what is no
    open work of the old manager any more.
    """
    customer = await _one(ctx, BulkItem(id=customer_id, version=version), lock=True)
    await people.assignable(ctx, body.manager_id, "/manager_id", within=P.customers_transfer)
    if customer.manager_id == body.manager_id:
        raise Invalid("/manager_id", "same", "The customer is this person's already.")
    chances, services = await _move(ctx, [customer], body, [])
    name = await ctx.session.scalar(select(User.name).where(User.id == body.manager_id))
    return TransferRead.model_validate(
        {
            "id": customer.id, "version": customer.version, "manager": {"id": body.manager_id, "name": name},
            "chances": chances, "services": services,
        }
    )  # fmt: skip


async def bulk_transfer(ctx: Ctx, body: BulkTransferBody) -> BulkTransferRead:
    """Give many to one person, rows in the order of their ids; a row that is theirs already is refused."""
    await people.assignable(ctx, body.manager_id, "/manager_id", within=P.customers_transfer)
    customers, results = await _chosen(ctx, body.items, lock=True, to=body.manager_id)
    stay = [row_id for row_id, result in results.items() if result.outcome == "refused"]
    if stay:
        touched.note(ctx.session.sync_session, "customers")  # the caller sees old ones
    chances, services = await _move(ctx, customers, body, stay)
    results |= {customer.id: done(customer) for customer in customers}
    return BulkTransferRead(results=[results[item.id] for item in body.items], chances=chances, services=services)


async def _chosen(
    ctx: Ctx, items: Sequence[BulkItem], *, lock: bool, to: int | None = None
) -> tuple[list[Customer], dict[int, BulkResult]]:
    """Return the customers that may go, and the result of each row: so far who may not."""
    found: list[Customer] = []
    results: dict[int, BulkResult] = {}
    once = {item.id: item for item in items}
    for item in sorted(once.values(), key=lambda item: item.id):
        try:
            customer = await _one(ctx, item, lock=lock)
            if customer.manager_id == to and to is not None:
                raise Invalid("/manager_id", "same", "The customer is this person's already.")
        except AppError as error:
            results[item.id] = refused(item.id, error)
        else:
            found.append(customer)
    return found, results


async def _one(ctx: Ctx, item: BulkItem, *, lock: bool) -> Customer:
    return await customer_actions.locked(ctx, item.id, "transfer", item.version, lock=lock)


async def _move(ctx: Ctx, customers: Sequence[Customer], body: TransferBody, stay: list[int]) -> tuple[int, int]:
    """Change the manager of locked customers and hand over the ticked work; return how much of each kind went."""
    chances = await _work(ctx, Chance, customers, body.chance_ids, "/chance_ids", stay)
    services = await _work(ctx, Service, customers, body.service_ids, "/service_ids", stay)
    if services and not await people.works(ctx, body.manager_id, P.services_deal):
        raise Invalid("/manager_id", "no_services", "This person does not deal with services; leave these out.")
    for chance in chances:
        hand_over(ctx, chance, body.manager_id, body.reason)
    for service in services:
        hand_over(ctx, service, body.manager_id, body.reason)
    for customer in customers:
        mark(customer, "transfer", reason=body.reason)
        customer.manager_id = body.manager_id
    await ctx.session.flush()
    return len(chances), len(services)


async def _work(
    ctx: Ctx, model: Any, customers: Sequence[Customer], ticked: list[int] | None, pointer: str, stay: list[int]
) -> Sequence[Any]:
    """Lock and return the open work that goes along; what was ticked of customers that stay is passed over."""
    theirs = _theirs(model, [customer.id for customer in customers])
    statement = select(model).join(Customer, theirs).order_by(model.id).limit(AT_MOST + 1).with_for_update(of=model)
    found = _bounded((await ctx.session.scalars(scoped(ctx, statement, model))).all())
    if ticked is None:
        return found
    missing = set(ticked) - {row.id for row in found}
    if missing:
        kept = select(model.id).where(one_of(model.id, missing), one_of(model.customer_id, stay))
        missing -= set(await ctx.session.scalars(unscoped(kept, "only whose they are")))
    if missing:
        place = ticked.index(min(missing))
        raise Invalid(f"{pointer}/{place}", "not_open", "This is no open work of the old manager any more; look again.")
    return [row for row in found if row.id in set(ticked)]
