"""The life cycle of an order as a table, and which of its steps the caller may take (domain section 5)."""

from decimal import Decimal
from typing import NamedTuple

from app.core.ctx import Ctx
from app.core.states import States
from app.models.rbac import Permission as P
from app.services.customers import covers

DRAFT = frozenset({"draft"})
STATES = States(
    {
        "update": (frozenset({"draft", "confirmed"}), None),
        "edit_lines": (DRAFT, None),
        "delete": (DRAFT, None),
        "confirm": (DRAFT, "confirmed"),
        "ship": (frozenset({"confirmed"}), None),
        "remove_shipment": (frozenset({"confirmed"}), None),
        "complete": (frozenset({"confirmed"}), "completed"),
        "cancel": (frozenset({"draft", "confirmed"}), "cancelled"),
        "pay": (frozenset({"confirmed", "completed"}), None),
        "remove_payment": (frozenset({"confirmed", "completed"}), None),
    }
)


class Holding(NamedTuple):
    """What decides who may do what with an order: `holder_id` is its owner, else the customer's manager."""

    status: str
    holder_id: int | None
    total: Decimal
    paid: Decimal
    lines: int
    delivery_state: str


def allowed(ctx: Ctx, order: Holding) -> list[str]:
    """Return the steps that state, rights and ownership open to the caller."""
    if not covers(ctx, order.holder_id, P.orders_write):
        return []
    may = {
        "confirm": order.lines > 0,
        "ship": order.delivery_state != "shipped",
        "remove_shipment": order.delivery_state != "none",
        "cancel": order.paid == 0 and order.delivery_state == "none",
        "pay": order.paid < order.total,
        "remove_payment": order.paid > 0,
    }
    return [step for step in STATES.open(order.status) if may.get(step, True)]
