"""The demo company (domain section 8): made from a fixed seed and dated relative to today.

It is written by a few large inserts with kept sums counted once and one row in the log, in one transaction.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from app.core.audit import log
from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.ids import draw
from app.core.numbers import numbers
from app.core.scope import unscoped
from app.core.sums import add
from app.core.told import telling
from app.demo.company import assets as demo_assets
from app.demo.company import competitors as demo_competitors
from app.demo.company import goals as demo_goals
from app.demo.company import log as demo_log
from app.demo.company import losses as demo_losses
from app.demo.company import products as demo_products
from app.demo.company import services as demo_services
from app.demo.company import shipments as demo_shipments
from app.demo.company import steps as demo_steps
from app.demo.company import stock as demo_stock
from app.demo.company import team as demo_team
from app.demo.company import words
from app.demo.company.calendar import CLOSING, Calendar, likely, stream
from app.demo.company.customers import CUSTOMERS, Company, Row, companies
from app.demo.company.insert import insert_all
from app.demo.company.orders import Book, Trade
from app.demo.company.sales import STATES, Sales, Story
from app.models.access.users import User
from app.models.care.losses import Loss, LossMeasure
from app.models.care.services import Service, ServiceNote, ServiceRound
from app.models.care.services import numbers as service_numbers
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.customers import numbers as customer_numbers
from app.models.customers.linkmen import Linkman
from app.models.goods.storage import Reservation, Storage, StorageChange, Taken
from app.models.orders.orders import Order, OrderLine
from app.models.orders.orders import numbers as order_numbers
from app.models.orders.payments import OrderPayment
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.models.orders.shipments import numbers as shipment_numbers
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.models.sales.chances import numbers as chance_numbers
from app.models.sales.plans import Plan
from app.services.access import demo_door
from app.services.base.changes import begin_anew

SEED = 20260101
NEVER_LINKED = 0.3
"""Share of the won first chances whose customer was there before."""


async def fill(ctx: Ctx, seed: int = SEED) -> dict[str, int]:
    """Make the demo company; return how many rows each noun got. Its door opens only where nobody is yet.

    Raises `Conflict` when there are customers or chances already, or when a log-in name is taken.
    """
    await _require_empty(ctx)
    await demo_door.open_if_new(ctx)
    calendar = Calendar(ctx.today, ctx.timezone)
    team = await demo_team.make(ctx)
    before = datetime.combine(calendar.days[0], demo_steps.HOUR, ctx.timezone)
    team.competitors = await demo_competitors.fill(ctx, before, team.supervisors[0], team.products)
    ids = await draw(ctx, Customer, CUSTOMERS), await draw(ctx, Linkman, CUSTOMERS * 4)
    made = companies(seed, *ids, [*team.managers], ctx.today.year)
    story = Story(seed, calendar, team, made)
    sales = story.tell(await draw(ctx, Chance, sum(STATES.values())))
    story.plan_ahead()
    await _number(ctx, "JH", chance_numbers, sales.chances, "opened_at")
    origins = _settle(calendar, seed, made, sales)
    await _number(ctx, "KH", customer_numbers, [company.row for company in made], "created_at")
    desk = demo_services.Desk(seed, calendar, team, made)
    count = sum(demo_services.STATES.values()) + demo_services.LINKED
    done = desk.tell(await draw(ctx, Service, count), sales.chances)
    await _number(ctx, "FW", service_numbers, done.services, "opened_at")
    trade = await _trade(ctx, Book(seed, calendar, team), made, sales, by=team.keeper)
    watch = demo_losses.Watch(seed, calendar, trade)
    watch.tell(made)
    watch.identify(await draw(ctx, Loss, len(watch.losses)))
    await _write(ctx, made, sales, origins)
    await _write_trade(ctx, trade)
    await _write_care(ctx, done, watch)
    assets = await demo_assets.fill(ctx, seed, made, trade, team.products)
    await demo_goals.fill(ctx, team, sales)
    await demo_products.expect(ctx, team.products, team.keeper)
    await demo_log.write(ctx, seed, team, made, sales, trade, done.services)
    yesterday = datetime.combine(calendar.last, demo_steps.HOUR, ctx.timezone)
    await demo_competitors.throw_away(ctx, yesterday, team.supervisors[0])
    await demo_steps.throw_away(ctx, yesterday, made, sales, trade, done, team)
    counts = {
        "customers": len(made),
        "linkmen": sum(len(company.linkmen) for company in made),
        **{name: len(getattr(sales, name)) for name in ("chances", "plans", "activities")},
        "orders": len(trade.deals),
        "services": len(done.services),
        "losses": len(watch.losses),
        "assets": assets,
        "reports": await demo_steps.report(ctx, team.supervisors),
    }
    await begin_anew(ctx)
    log(ctx, "fill", "demo", None, {name: [None, count] for name, count in counts.items()})
    return counts


async def is_filled(ctx: Ctx) -> bool:
    """Tell whether the demo company is here."""
    return bool(await ctx.session.scalar(select(func.count()).select_from(User).where(User.is_demo.is_(True))))


async def _require_empty(ctx: Ctx) -> None:
    """Refuse to mix invented records with real ones."""
    for model in (Customer, Chance):
        statement = unscoped(select(model.id).limit(1), "whether anything is there at all")
        if await ctx.session.scalar(statement):
            raise Conflict("There are customers or chances already; the demo company goes into an empty installation.")
    names = [user_name for _, _, user_name, _ in words.PEOPLE]
    if await ctx.session.scalar(select(User.id).where(or_(User.user_name.in_(names), User.is_demo)).limit(1)):
        raise Conflict("People of the demo company are here already.")


def _settle(calendar: Calendar, seed: int, made: list[Company], sales: Sales) -> list[Row]:
    """Date the customers by what happened with them; return which chance each new one came from."""
    rng = stream(seed, "settle")
    chances: dict[int, list[Row]] = {}
    for chance in sales.chances:
        if chance["customer_id"]:
            chances.setdefault(chance["customer_id"], []).append(chance)
    origins = []
    since_of: dict[int, datetime] = {}
    for company in made:
        linked = sorted(chances.get(company.row["id"], []), key=lambda chance: chance["opened_at"])
        since = calendar.at(rng, calendar.pick(rng), CLOSING) if not linked else linked[0]["opened_at"]
        if linked and linked[0]["status"] == "succeeded" and not likely(rng, NEVER_LINKED):
            first = linked[0]
            if all(other["opened_at"] > first["closed_at"] for other in linked[1:]):
                since = first["closed_at"]
                origins.append({"the_customer": company.row["id"], "the_chance": first["id"]})
                _introduce(sales, company, first)
        since_of[company.row["id"]] = since
    newest: dict[int, Row] = {}
    for activity in sales.activities:
        if activity["customer_id"] not in newest or newest[activity["customer_id"]]["at"] < activity["at"]:
            newest[activity["customer_id"]] = activity
    for company in made:
        since, last = since_of[company.row["id"]], newest.get(company.row["id"])
        company.row |= {
            "manager_id": company.manager, "status": "normal", "created_at": since, "created_by": company.manager,
            "opened_on": since.astimezone(calendar.timezone).date(), "updated_at": since, "last_activity_at": last["at"] if last else None,
            "next_at": last["next_at"] if last else None,
        }  # fmt: skip
        for linkman in company.linkmen:
            linkman |= {"created_at": since, "updated_at": since, "created_by": company.manager}
            linkman["manager_id"] = company.manager  # repeated, as the lists of one person read it
            linkman["left_at"] = calendar.at(rng, calendar.last, CLOSING) if linkman["status"] == "left" else None
    return origins


def _introduce(sales: Sales, company: Company, chance: Row) -> None:
    """Let a customer begin with the chance that made it: nothing was logged before."""
    sales.activities[:] = [row for row in sales.activities if row["chance_id"] != chance["id"]]
    at = chance["closed_at"]
    sales.activities.append(
        {"customer_id": company.row["id"], "chance_id": chance["id"], "linkman_id": company.linkmen[0]["id"]}
        | {"kind": "phone", "purpose": "follow_up", "at": at, "title": chance["number"]}
        | {"told": telling("chance_won", number=chance["number"])}
        | {"description": chance["title"], "next_step": None, "next_at": None}
        | {"created_by": company.manager, "created_at": at, "updated_at": at}
    )
    chance["last_activity_at"], chance["next_at"] = at, None


async def _number(ctx: Ctx, prefix: str, source: Any, rows: list[Row], moment: str) -> None:
    """Give rows their numbers, dated by the day they were made."""
    for row, drawn in zip(rows, await numbers(ctx, prefix, source, len(rows)), strict=True):
        row["number"] = f"{prefix}{row[moment].astimezone(ctx.timezone):%Y%m%d}{drawn[-7:]}"


async def _write(ctx: Ctx, made: list[Company], sales: Sales, origins: list[Row]) -> None:
    await insert_all(ctx, Customer, [company.row for company in made])
    await insert_all(ctx, Linkman, [linkman for company in made for linkman in company.linkmen])
    await insert_all(ctx, Chance, sales.chances)
    table: Any = Customer.__table__
    statement = update(table).where(table.c.cust_id == bindparam("the_customer"))
    await ctx.session.execute(statement.values(cust_origin_chc_id=bindparam("the_chance")), origins)
    for model, rows in ((ChanceStage, sales.stays), (Plan, sales.plans), (Activity, sales.activities)):
        await insert_all(ctx, model, rows)
    add(ctx.session.sync_session, Chance, sales.chances)


async def _trade(ctx: Ctx, book: Book, made: list[Company], sales: Sales, *, by: int) -> Trade:
    """Let the customers order; orders and shipments get ids and numbers, devices their places."""
    trade = book.tell(made, sales)
    trade.identify(await draw(ctx, Order, len(trade.deals)), await draw(ctx, OrderLine, len(trade.lines)))
    await _number(ctx, "DD", order_numbers, trade.orders, "created_at")
    dispatch = demo_shipments.Dispatch(book.seed, book.calendar, set(book.devices))
    dispatch.tell(trade)
    await dispatch.identify(ctx, trade)
    await _number(ctx, "FH", shipment_numbers, trade.shipments, "created_at")
    places = await draw(ctx, Storage, 2 * len(book.devices))
    demo_stock.fill(book, places, by, demo_shipments.of_lines(trade))
    return trade


async def _write_trade(ctx: Ctx, trade: Trade) -> None:
    add(ctx.session.sync_session, Order, trade.orders)
    for model, rows in (
        (Order, trade.orders), (OrderLine, trade.lines), (OrderPayment, trade.payments), (Storage, trade.places),
        (StorageChange, trade.ledger), (Reservation, trade.reservations), (OrderShipment, trade.shipments),
        (ShipmentLine, trade.shipment_lines), (Taken, trade.taken),
    ):  # fmt: skip
        if rows:
            await insert_all(ctx, model, rows)


async def _write_care(ctx: Ctx, done: demo_services.Help, watch: demo_losses.Watch) -> None:
    for model, rows in (
        (Service, done.services), (ServiceRound, done.rounds), (ServiceNote, done.notes), (Loss, watch.losses),
        (LossMeasure, watch.measures),
    ):  # fmt: skip
        await insert_all(ctx, model, rows)
