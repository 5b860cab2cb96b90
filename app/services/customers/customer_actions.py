"""What may be done with a customer, by whom: a customer has no life cycle, its churn has one (`loss_actions`)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.core.ctx import Ctx
from app.core.scope import get
from app.core.steps import Step, Steps
from app.core.ways import By, reach
from app.models.access.rbac import Permission as P
from app.models.customers.customers import Customer


class Holding(NamedTuple):
    """What decides who may do what."""

    manager_id: int | None


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    return Holding((row["manager"] or {}).get("id"))


STEPS = Steps(
    {
        "update": Step(None, None, (By(P.customers_update, reach("manager_id")),)),
        "delete": Step(None, None, (By(P.customers_delete, reach("manager_id")),)),
        "transfer": Step(None, None, (By(P.customers_transfer, reach("manager_id")),)),
        "add_asset": Step(None, None, (By(P.assets_write, reach("manager_id")),)),
        "add_linkman": Step(None, None, (By(P.linkmen_write, reach("manager_id")),)),
        "add_order": Step(None, None, (By(P.orders_write, reach("manager_id")),)),
        "add_service": Step(None, None, (By(P.services_create, reach("manager_id")),)),
        "add_activity": Step(None, None, (By(P.activities_write),)),
    }
)


async def locked(ctx: Ctx, customer_id: int, step: str, version: int | None = None, *, lock: bool = True) -> Customer:
    """Return the customer with its row locked, after all that may refuse the step; to look only, without the lock."""
    customer = await get(ctx, Customer, customer_id, lock=lock)
    STEPS.check(ctx, step, Holding(customer.manager_id), customer, version)
    return customer
