"""How the records behind a number are listed: one shape for every noun, oldest key first."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, and_, cast, func, null, select

from app.core import nouns
from app.core.reference import Reference
from app.core.scope import unscoped, visible
from app.models.access.users import User
from app.models.care.losses import Loss
from app.models.care.services import Service
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.orders.orders import Order
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.services.reports.behind import Behind
from app.services.reports.frame import WHY, Frame


class Columns(NamedTuple):
    """What a noun shows; `customer_id` and `person_id` are followed to their names."""

    number: Any
    name: Any
    customer_id: Any
    person_id: Any
    on: Any
    amount: Any
    state: Any


def _columns(frame: Frame, model: Any) -> Columns:
    def day(moment: Any) -> ColumnElement[Any]:
        return cast(func.timezone(frame.ctx.timezone.key, moment), Date)

    shown: dict[Any, Columns] = {
        Activity: Columns(
            null(), Activity.title, Activity.customer_id, Activity.created_by, day(Activity.at), null(), Activity.kind
        ),
        Chance: Columns(
            Chance.number,
            Chance.title,
            Chance.customer_id,
            Chance.owner_id,
            func.coalesce(Chance.closed_on, Chance.expected_close_date),
            func.coalesce(Chance.close_value, Chance.amount),
            Chance.status,
        ),
        Customer: Columns(
            Customer.number,
            Customer.name,
            null(),
            Customer.manager_id,
            Customer.opened_on,
            null(),
            Customer.status,
        ),
        Order: Columns(
            Order.number, Order.number, Order.customer_id, Order.owner_id, Order.date, Order.total, Order.status
        ),
        Loss: Columns(null(), Customer.name, Loss.customer_id, Loss.manager_id, Loss.lost_date, null(), Loss.status),
        Plan: Columns(null(), Plan.todo, Chance.customer_id, Chance.owner_id, Plan.date, null(), Plan.status),
        Service: Columns(
            Service.number,
            Service.title,
            Service.customer_id,
            Service.assignee_id,
            day(Service.opened_at),
            null(),
            Service.status,
        ),
    }
    return shown[model]  # fmt: skip


def _listed(frame: Frame, model: Any) -> Select[Any]:
    shown = _columns(frame, model)
    statement = select(
        model.id,
        shown.number.label("number"),
        shown.name.label("name"),
        (Activity.told if model is Activity else null()).label("told"),
        shown.on.label("on"),
        shown.amount.label("amount"),
        shown.state.label("state"),
        Reference("person", User.id, User.name),
    ).select_from(model)
    if model is Plan:
        statement = statement.add_columns(Reference("chance", Chance.id, Chance.title))
        statement = statement.join(Chance, Chance.id == Plan.chance_id)
    if model is Loss:
        # The clauses are over the customer, who is in scope: its entries are.
        shown_customer = Reference("customer", Customer.id, Customer.name)
        return (
            statement.add_columns(shown_customer)
            .join(Customer, Customer.id == Loss.customer_id)
            .outerjoin(User, User.id == shown.person_id)
        )
    if model is not Customer:
        seen = and_(Customer.id == shown.customer_id, visible(frame.ctx, Customer))
        statement = statement.add_columns(Reference("customer", Customer.id, Customer.name)).outerjoin(Customer, seen)
    return statement.outerjoin(User, User.id == shown.person_id)


async def page(frame: Frame, behind: Behind, limit: int, after_id: int | None) -> dict[str, Any]:
    """Return a page of the records behind a number, and the id to go on after."""
    model = nouns.known()[behind.noun].model
    further = [] if after_id is None else [model.id > after_id]
    statement = _listed(frame, model).where(*behind.clauses, *further).order_by(model.id).limit(limit + 1)
    rows = (await frame.ctx.session.execute(unscoped(statement, WHY))).all()
    items = [{"customer": None, "chance": None, **row._asdict(), "noun": behind.noun} for row in rows[:limit]]
    return {"items": items, "next_after_id": items[-1]["id"] if len(rows) > limit else None}
