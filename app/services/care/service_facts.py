"""What may be said of a service: ids in sight, values of the dictionary, and the facts of a complaint."""

from collections.abc import Collection
from typing import Any

from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.scope import get
from app.models.care.services import Service
from app.models.customers.linkmen import Linkman
from app.services.access import departments
from app.services.base import dict as dictionary
from app.services.care.service_actions import COMPLAINT
from app.services.goods import products

COMPLAINT_ONLY = ("severity", "department_id", "cause", "measure")
INHERITED = ("type", "category", "customer_id", "linkman_id", "product_id")
"""What a follow-up takes from its origin."""


async def check(ctx: Ctx, facts: dict[str, Any], kind: str, customer_id: int, *, given: Collection[str]) -> None:
    """Resolve every id and dictionary value that was given; what a follow-up took over is not asked for again.

    Raises `Invalid` at the field.
    """
    asked = {name: value for name, value in facts.items() if name in given}
    await dictionary.check_facts(ctx, Service, asked)
    for name in COMPLAINT_ONLY:
        if kind != COMPLAINT and asked.get(name) is not None:
            raise Invalid(f"/{name}", "not_a_complaint", "Only a complaint has this.")
    if asked.get("linkman_id"):
        linkman = await get(ctx, Linkman, asked["linkman_id"], pointer="/linkman_id")
        if linkman.customer_id != customer_id:
            raise Invalid("/linkman_id", "other_customer", "This contact works for another customer.")
    if asked.get("product_id"):
        await products.usable(ctx, asked["product_id"], "/product_id")
    await departments.exists(ctx, asked.get("department_id"), "/department_id")
