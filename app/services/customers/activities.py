"""Activities: the timeline of a customer, or of a chance that has none yet; logging one moves 最近跟进 and 下一步 of customer and chance."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, Update, and_, select
from sqlalchemy.orm import aliased

from app.core import bulk
from app.core.answers import Made, Named, ref
from app.core.ctx import Ctx
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.listing import Listing, Sort
from app.core.nouns import Noun
from app.core.orm import changes
from app.core.paging import Paged
from app.core.prepared import ROW_ID, run
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import get, scoped, seen, visible
from app.core.search import asked
from app.core.spans import on_days
from app.core.steps import Step, Steps
from app.core.touch import move, touching
from app.core.ways import By, oneself
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.sales.chances import Chance
from app.schemas.customers.activities import ActivityPatch, ActivityQuery, ActivityWrite
from app.services.base import dict as dictionary

Writer = aliased(User)
ROW: tuple[Any, ...] = (
    Activity.id, Activity.version, Reference("customer", Customer.id, Customer.name),
    Reference("linkman", Linkman.id, Linkman.name), Reference("chance", Chance.id, Chance.title.label("name")),
    Activity.kind, Activity.purpose, Activity.at, Activity.place, Activity.title, Activity.told, Activity.description,
    Activity.next_step, Activity.next_at, Activity.memo, Reference("writer", Writer.id, Writer.name), Activity.created_at,
    Activity.external_id,
)  # fmt: skip
MADE = Made(ROW)


def _joins(ctx: Ctx, statement: Select[Any]) -> Select[Any]:
    return (
        statement.outerjoin(Customer, Customer.id == Activity.customer_id)
        .outerjoin(Linkman, Linkman.id == Activity.linkman_id)
        .outerjoin(Chance, and_(Chance.id == Activity.chance_id, visible(ctx, Chance)))
        .outerjoin(Writer, Writer.id == Activity.created_by)
    )


class Holding(NamedTuple):
    """What decides who may do what with an activity."""

    writer_id: int | None


WRITER = Step(None, None, (By(P.activities_write, oneself("writer_id")),), "Only its writer may change an activity.")
STEPS = Steps({"update": WRITER, "delete": WRITER})


listing = Listing(
    model=Activity,
    query=ActivityQuery,
    columns=ROW,
    joins=_joins,
    sorts={"at": Sort(Activity.at, datetime), "created_at": Sort(Activity.created_at, datetime)},
    filters={
        "customer_id": Activity.customer_id.__eq__,
        "linkman_id": Activity.linkman_id.in_,
        "chance_id": Activity.chance_id.__eq__,
        "kind": Activity.kind.__eq__,
        "purpose": Activity.purpose.__eq__,
        "writer_id": Activity.created_by.__eq__,
        "external_id": Activity.external_id.__eq__,
    },
    search=lambda _ctx, sought: (asked(Activity.title, sought),),
    default="-at",
    steps=STEPS,
    holding=lambda row: Holding((row["writer"] or {}).get("id")),
)
noun = Noun(listing, counted=True, particular=("told",))


async def page(ctx: Ctx, query: ActivityQuery) -> Paged:
    """List activities of the customers in scope, newest first."""
    return await listing.page(ctx, query, *on_days(ctx, Activity.at, query.at_from, query.at_to))


def _detail(ctx: Ctx) -> Select[Any]:
    return scoped(ctx, _joins(ctx, select(*ROW).select_from(Activity)).where(Activity.id == ROW_ID), Activity)


async def get_detail(ctx: Ctx, activity_id: int) -> dict[str, Any]:
    """Return one activity; its writer may change it."""
    row = (await run(ctx, _detail, row_id=activity_id)).one_or_none()
    if row is None:
        raise NotFound
    return row._asdict() | {"allowed_actions": listing.allowed(ctx, row._asdict())}


async def create(ctx: Ctx, body: ActivityWrite) -> dict[str, Any]:
    """Log an activity and return it, as `add`."""
    activity, named = await _add(ctx, body)
    if named is None:
        return await get_detail(ctx, activity.id)
    facts = MADE.of(activity, named)
    return facts | {"allowed_actions": listing.allowed(ctx, facts)}


async def add(ctx: Ctx, body: ActivityWrite) -> Activity:
    """Log an activity at a customer that the caller may read (its manager, or who works on its chance), or at a chance.

    One of a chance without a customer stays with the chance, and goes to the customer that it gets. Raises `Invalid` for
    a contact of another customer, a moment in the future, neither customer nor chance.
    """
    return (await _add(ctx, body))[0]


async def _add(ctx: Ctx, body: ActivityWrite) -> tuple[Activity, Named | None]:
    """Return the new activity and the names of what it refers to; None where the caller may not read it."""
    facts = body.model_dump()
    chance = await _chance(ctx, body.chance_id) if body.chance_id else None
    if chance:
        facts["customer_id"] = facts["customer_id"] or chance.customer_id
    place = await _place(ctx, facts["customer_id"], body.chance_id)
    facts["at"] = facts["at"] or ctx.now
    linkman = await _check(ctx, facts, facts["customer_id"], chance)
    activity = Activity(**facts)
    ctx.session.add(activity)
    await ctx.session.flush()
    await _move_dates(ctx, activity)
    if ctx.teller or not place.activities_read:
        return activity, None
    named = {
        "customer": ref(activity.customer_id, place.name),
        "linkman": ref(activity.linkman_id, linkman.name if linkman else None),
        "chance": ref(activity.chance_id, chance.title if chance else None),
        "writer": ref(ctx.actor.id, ctx.actor.name),
    }
    return activity, named


async def _place(ctx: Ctx, customer_id: int | None, chance_id: int | None) -> Row:
    """Return the name of the record that an activity is of, and whether its activities may be read."""
    rights = (P.activities_write.value, P.activities_read.value)
    if customer_id:
        place = await seen(ctx, Customer, customer_id, Customer.name, pointer="/customer_id", rights=rights)
    elif chance_id:
        place = await seen(ctx, Chance, chance_id, Chance.title.label("name"), pointer="/chance_id", rights=rights)
    else:
        raise Invalid("/customer_id", "required", "Choose the customer.")
    if not place.activities_write and not ctx.teller:  # the right to write may reach less than the right to read
        raise Forbidden("This is not yours to write of.", right=P.activities_write)
    return place


async def _chance(ctx: Ctx, chance_id: int) -> Row:
    return await seen(ctx, Chance, chance_id, Chance.customer_id, Chance.title, pointer="/chance_id")


async def follow_customer(ctx: Ctx, chance_id: int, customer_id: int) -> None:
    """Give the activities of a chance that had no customer to the one that it has now."""
    orphans = and_(Activity.chance_id == chance_id, Activity.customer_id.is_(None))
    if await bulk.change(ctx, Activity, orphans, "update", customer_id=customer_id):
        await _follow_newest(ctx, Customer, customer_id, Activity.customer_id)


async def update(ctx: Ctx, activity_id: int, version: int, body: ActivityPatch) -> dict[str, Any]:
    """Change an activity that the caller wrote."""
    await change(ctx, await _locked(ctx, activity_id, "update", version), body)
    return await get_detail(ctx, activity_id)


async def change(ctx: Ctx, activity: Activity, body: ActivityPatch) -> None:
    """Change a locked activity; raise `Invalid` as `add`, and where it would belong to nobody."""
    facts = body.model_dump(exclude_unset=True)
    for name in ("kind", "at", "title"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    await _check(ctx, changes(activity, facts), activity.customer_id)
    if activity.customer_id is None and facts.get("chance_id", activity.chance_id) is None:
        raise Invalid("/chance_id", "required", "Without a customer, an activity belongs to a chance.")
    before = activity.chance_id
    if facts.get("title", activity.title) != activity.title:
        activity.told = None  # from here on it says what its writer wrote
    for name, value in facts.items():
        setattr(activity, name, value)
    await ctx.session.flush()
    await _move_dates(ctx, activity)
    if before and before != activity.chance_id:
        await _follow_newest(ctx, Chance, before, Activity.chance_id)


async def delete(ctx: Ctx, activity_id: int, version: int) -> None:
    """Take back an activity that the caller wrote."""
    activity = await _locked(ctx, activity_id, "delete", version)
    activity.deleted_at, activity.deleted_by = ctx.now, ctx.actor.id
    await ctx.session.flush()
    await _move_dates(ctx, activity)


async def _locked(ctx: Ctx, activity_id: int, step: str, version: int) -> Activity:
    activity = await get(ctx, Activity, activity_id, lock=True)
    STEPS.check(ctx, step, Holding(activity.created_by), activity, version)
    return activity


async def _check(ctx: Ctx, facts: dict[str, Any], customer_id: int | None, chance: Any = None) -> Row | None:
    """Check the facts that are given, and return the contact where one is."""
    linkman = None
    await dictionary.check_facts(ctx, Activity, facts)
    if facts.get("at") and facts["at"] > ctx.now + timedelta(minutes=5):
        raise Invalid("/at", "in_future", "An activity has happened; plan what is to come.")
    if facts.get("linkman_id"):
        linkman = await seen(
            ctx, Linkman, facts["linkman_id"], Linkman.customer_id, Linkman.name, pointer="/linkman_id"
        )
        if linkman.customer_id != customer_id:
            raise Invalid("/linkman_id", "other_customer", "This contact works for another customer.")
    if facts.get("chance_id"):
        chance = chance or await _chance(ctx, facts["chance_id"])
        if chance.customer_id != customer_id:
            raise Invalid("/chance_id", "other_customer", "This chance belongs to another customer.")
    return linkman


async def _move_dates(ctx: Ctx, activity: Activity) -> None:
    """Recompute last contact and next step from the newest activity that is left."""
    for model, row_id, column in (
        (Customer, activity.customer_id, Activity.customer_id),
        (Chance, activity.chance_id, Activity.chance_id),
    ):
        if row_id is not None:
            await _follow_newest(ctx, model, row_id, column)


async def _follow_newest(ctx: Ctx, model: Any, row_id: int, column: Any) -> None:
    await move(ctx, _following(model, column), row_id)


@cache
def _following(model: Any, column: Any) -> Update:
    """Return the statement that lets a record say what the newest of its activities says, nothing where none is left."""

    def newest(what: Any) -> ScalarSelect[Any]:
        left = select(what).where(column == ROW_ID, Activity.deleted_at.is_(None))
        return left.order_by(Activity.at.desc(), Activity.id.desc()).limit(1).scalar_subquery()

    return touching(model, last_activity_at=newest(Activity.at), next_at=newest(Activity.next_at))
