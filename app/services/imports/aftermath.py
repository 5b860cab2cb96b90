"""What nouns do by themselves when an import is taken back: the stock that orders hold, stays of chances, who may be touched.

Everything that follows from tables stands in `imports/uses` and `imports/returns`; this is the rest.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Text, cast, func, literal, select, true, update
from sqlalchemy.dialects.postgresql import JSONPATH

from app.core import nouns
from app.core.arrays import one_of
from app.core.ctx import Ctx, Reach
from app.core.guarded import everywhere
from app.core.pinyin import keys
from app.core.steps import Steps
from app.core.told import telling
from app.models.access.rbac import Permission as P
from app.models.access.rbac import Role, RoleRight
from app.models.base.audit import LogEntry
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.goods.storage import Storage, StorageChange
from app.models.reports.periodic import PeriodicReport
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.services.access import administrators, reach, sessions
from app.services.base import dict_uses
from app.services.goods import reservations
from app.services.imports import churn as import_churn
from app.services.imports import stock as import_stock
from app.services.imports.keys import ACROSS
from app.services.imports.traces import Trace
from app.services.orders import amounts as order_amounts
from app.services.orders import steps as order_steps
from app.services.sales import chance_actions

Why = dict[tuple[str, int], str]
"""Record -> why it stays."""
CUSTOMERS = '$[*].tables[*] ? (@.dimension == "customer").rows[*].id'
"""Where the snapshot of a report names customers."""


def lives(code: str) -> Steps | None:
    """Return the life cycle of a noun, None where its records have no states."""
    noun = nouns.known().get(code)
    return noun.steps if noun and noun.steps and noun.steps.states else None


def closed(trace: Trace) -> bool:
    """Tell whether somebody has closed a record since: the table of its noun offers no `update` any more."""
    moved = any("status" in one.changes for one in trace.since)
    steps = lives(trace.noun)
    step = steps.steps.get("update") if steps else None
    return moved and step is not None and not step.leaves(trace.record.status)


def of(traces: Iterable[Trace], noun: str) -> dict[int, Trace]:
    """Return the traces of a noun by id."""
    return {trace.id: trace for trace in traces if trace.noun == noun}


async def stays(ctx: Ctx, act_id: int, traces: Collection[Trace]) -> Why:
    """Return the records that are not to be touched, whatever the tables say."""
    found = await import_stock.promised(ctx, [one for one in of(traces, "orders").values() if not one.created])
    found |= await _shipped(ctx, act_id, of(traces, "orders"))
    found |= await _people(ctx, of(traces, "users"))
    made = [trace for trace in traces if trace.created]
    found |= await _reported(ctx, of(made, "customers"))
    found |= await import_stock.stays(ctx, of(made, "storage"))
    # Values of the dictionary are named by their text, which no foreign key tells.
    for trace in of(made, "dict").values():
        if await dict_uses.uses(ctx, trace.id):
            found[trace.key] = "built_upon"
    return found


async def _shipped(ctx: Ctx, act_id: int, orders: dict[int, Trace]) -> Why:
    """Return the orders whose pieces the run took out of stock, or that the ledger names otherwise."""
    rows: Any = select(StorageChange.order_id, StorageChange.act_id).where(one_of(StorageChange.order_id, orders))
    moved = [(orders[row[0]], row[1]) for row in await ctx.session.execute(rows)] if orders else []
    return {trace.key: "shipped" for trace, act in moved if trace.created or act == act_id}


async def _reported(ctx: Ctx, customers: dict[int, Trace]) -> Why:
    """Return the customers that an issued report names."""
    if not customers:
        return {}
    since = min(moment for trace in customers.values() for moment in trace.moments)
    named = func.jsonb_path_query(PeriodicReport.data, literal(CUSTOMERS, JSONPATH)).table_valued("id").render_derived()
    issued = select(cast(named.c.id, Text)).select_from(PeriodicReport).join(named, true())
    issued = issued.where(PeriodicReport.status == "issued", PeriodicReport.issued_at >= since).distinct()
    ids = {int(one) for one in await ctx.session.scalars(issued) if one.isdigit()}
    return {customers[row_id].key: "built_upon" for row_id in ids & customers.keys()}


async def _people(ctx: Ctx, people: dict[int, Trace]) -> Why:
    """Return the people whom the caller may not touch, who were here since, or without whom nobody would keep people and roles."""
    if not people:
        return {}
    await administrators.queue(ctx)
    refused = await reach.administrators_among(ctx, list(people)) | await _lending(ctx, people)
    refused |= {row_id for row_id, one in people.items() if ctx.actor.is_demo and not one.record.is_demo}
    keepers, losing = await administrators.ids(ctx), {row_id for row_id, one in people.items() if _loses(one)}
    refused |= losing & keepers if keepers <= losing else set()
    here = set(await ctx.session.scalars(select(LogEntry.actor_id).where(one_of(LogEntry.actor_id, people)).distinct()))
    here |= {row_id for row_id, one in people.items() if one.record.last_login_at or row_id == ctx.actor.id}
    came = {one.key: "built_upon" for row_id, one in people.items() if one.created and row_id in here}
    return came | {people[row_id].key: "forbidden" for row_id in refused}


def _loses(one: Trace) -> bool:
    return one.created or bool(one.added or one.removed) or "flag" in one.fields


async def _lending(ctx: Ctx, people: dict[int, Trace]) -> set[int]:
    """Return who would get a role back with rights that the caller may not grant."""
    if P.rbac_write in ctx.actor.rights:
        return set()
    roles = {row_id: {part.facts["role_id"] for part in one.removed} for row_id, one in people.items()}
    statement = select(Role.id, Role.data_scope, RoleRight.right_code).join(RoleRight, RoleRight.role_id == Role.id)
    wanted = statement.where(one_of(Role.id, {role for theirs in roles.values() for role in theirs}))
    lacking = {
        role_id
        for role_id, scope, right in await ctx.session.execute(wanted)
        if not ctx.actor.holds(right, Reach(scope))
    }
    return {row_id for row_id, theirs in roles.items() if theirs & lacking}


def guarded(ctx: Ctx, trace: Trace) -> set[str]:
    """Return the fields that the caller may not change in any way: costs of products, as in an import."""
    return {"cost"} & trace.fields.keys() if trace.model is Product and not everywhere(ctx, Product) else set()


async def release(ctx: Ctx, orders: Collection[Trace]) -> None:
    """Give back the stock that orders hold which the run confirmed, and hold their customers: sums are kept by region."""
    for trace in orders:
        confirmed = trace.fields.get("status") == ("draft", "confirmed")
        if confirmed or (trace.created and trace.record.status == "confirmed"):
            await reservations.release(ctx, trace.record)
    await import_stock.forget(ctx, [one for one in orders if one.created])
    await import_stock.hold_again(ctx, [one for one in orders if not one.created])
    buyers = {row_id for trace in orders for row_id in _named(trace, "customer_id")}
    if buyers:
        held = select(Customer.id).where(one_of(Customer.id, buyers)).order_by(Customer.id)
        await ctx.session.execute(held.with_for_update(key_share=True), execution_options=ACROSS)


async def settle(ctx: Ctx, traces: Collection[Trace]) -> None:
    """Let follow what follows from the fields and parts that records have again, by the same writers as ever."""
    for order in of(traces, "orders").values():
        if order.added or order.removed:
            await order_amounts.recount(ctx, order.record)
        if order.fields.keys() & {"owner_id", "customer_id"}:
            manager = select(Customer.manager_id).where(Customer.id == order.record.customer_id)
            order.record.holder_id = order.record.owner_id or await ctx.session.scalar(
                manager, execution_options=ACROSS
            )
    for chance in of(traces, "chances").values():
        if chance.fields.keys() & {"status", "stage_id"}:
            await _stay(ctx, chance)
    for customer in of(traces, "customers").values():
        if "name" in customer.fields:
            customer.record.pinyin, customer.record.initials = keys(customer.record.name)
    for person in of(traces, "users").values():
        if person.added or person.removed or person.fields.keys() & {"flag", "department_id"}:
            await sessions.end_all(ctx, person.record)
    await ctx.session.flush()
    await follow(ctx, traces)


async def _stay(ctx: Ctx, chance: Trace) -> None:
    """Take the stays that the run wrote out of the history again; the one before is the present one of an open chance."""
    theirs = (
        select(ChanceStage).where(ChanceStage.chance_id == chance.id).order_by(ChanceStage.entered_at, ChanceStage.id)
    )
    history = list(await ctx.session.scalars(theirs))
    for stay in [one for one in history if one.entered_at in chance.moments]:
        await ctx.session.delete(stay)
        history.remove(stay)
    if history and chance.record.status in chance_actions.OPEN:
        history[-1].left_at = None


async def follow(ctx: Ctx, traces: Collection[Trace]) -> None:
    """Recompute last orders, last contacts and states of those whom orders, activities and churn name, or named before."""
    buyers = {row_id for one in of(traces, "orders").values() for row_id in _named(one, "customer_id")}
    await order_steps.refresh_last_order(ctx, buyers)
    for model, column in ((Customer, Activity.customer_id), (Chance, Activity.chance_id)):
        ids = {row_id for one in of(traces, "activities").values() for row_id in _named(one, column.key)}
        if ids:
            await _last_contact(ctx, model, column, ids)
    await import_churn.follow(
        ctx, {row_id for one in of(traces, "losses").values() for row_id in _named(one, "customer_id")}
    )


def _named(trace: Trace, name: str) -> set[int]:
    return {row_id for row_id in (getattr(trace.record, name), *trace.fields.get(name, ())) if row_id}


async def _last_contact(ctx: Ctx, model: Any, column: Any, ids: set[int]) -> None:
    newest = select(Activity.at, Activity.next_at).where(column == model.id, Activity.deleted_at.is_(None))
    newest = newest.order_by(Activity.at.desc(), Activity.id.desc()).limit(1).correlate(model)
    at, then = (newest.with_only_columns(one).scalar_subquery() for one in (Activity.at, Activity.next_at))
    moved = update(model).where(one_of(model.id, ids)).values(last_activity_at=at, next_at=then)
    await ctx.session.execute(moved.execution_options(synchronize_session=False))


async def recount_places(ctx: Ctx, act_id: int, traces: Collection[Trace]) -> Why:
    """Take out of places what the run put in, or put back what it took; return those whose pieces are promised by now."""
    places, kept = of((one for one in traces if not one.created), "storage"), Why()
    rows = select(StorageChange.storage_id, func.sum(StorageChange.change)).group_by(StorageChange.storage_id)
    rows = rows.where(one_of(StorageChange.storage_id, places), StorageChange.act_id == act_id)
    rows = rows.where(StorageChange.order_id.is_(None))
    changes = {row[0]: int(row[1]) for row in await ctx.session.execute(rows)} if places else {}
    for place_id, change in changes.items():
        if change and not await _moved_back(ctx, places[place_id].record, -change):
            kept[places[place_id].key] = "built_upon"
    return kept


async def _moved_back(ctx: Ctx, place: Storage, change: int) -> bool:
    """Change a count back, and let imported orders wait again that it leaves too little for; False where people's orders hold it."""
    waiting = set[int]()
    if place.count + change < place.reserved:
        if place.count + change < await import_stock.least(ctx, place):
            return False
        waiting = await import_stock.let_go(ctx, [place.id])
    reservations.move(ctx, place, change, reservations.Why(f"{change:+}", telling("import_taken_back")))
    await ctx.session.flush()
    await import_stock.catch_up(ctx, waiting)
    return True
