"""What is said of a chance: of a new one, and of one that is there. A row of an import says it in the same words."""

from typing import Any

from app.core.ctx import Ctx
from app.core.errors import Invalid
from app.core.numbers import number
from app.core.orm import changes
from app.core.scope import seen
from app.models.customers.customers import Customer
from app.models.sales.chances import Chance, numbers
from app.models.sales.processes import Stage
from app.services.base import dict as dictionary
from app.services.customers import activities
from app.services.goods import products
from app.services.sales import chance_stages, processes


async def build(ctx: Ctx, stage: processes.First | Stage, facts: dict[str, Any], customer: Any = None) -> Chance:
    """Return a new chance of the actor in a stage, which is still to be written; its customer is read unless it is known."""
    await _check(ctx, facts, customer)
    rate = facts.pop("rate", None)
    if not facts.get("customer_name"):
        raise Invalid("/customer_name", "required", "Name the customer, or choose an existing one.")
    return Chance(
        **facts,
        number=number(ctx, "JH", numbers),
        stage_id=stage.id,
        rate=stage.rate if rate is None else rate,
        rate_is_manual=rate is not None,
        creator_id=ctx.actor.id,
        opened_at=ctx.now,
        proposed_id=None,
        assignee_id=None,
        status="unassigned",
    )


async def change(ctx: Ctx, chance: Chance, facts: dict[str, Any], customer: Any = None) -> None:
    """Change facts of a chance that was checked; its new customer is read unless it is known."""
    for name in ("title", "importance", "customer_name"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    before = chance.customer_id
    stays = before is not None and facts.get("customer_id", before) == before
    if stays and facts.get("customer_name", chance.customer_name) != chance.customer_name:
        raise Invalid("/customer_name", "linked", "A linked chance bears its customer's name; rename the customer.")
    new = changes(chance, facts)
    await _check(ctx, new, customer)
    facts |= {name: value for name, value in new.items() if name == "customer_name"}
    unset = "rate" in facts and facts["rate"] is None
    stage_id, rate, reason = (facts.pop(name, None) for name in ("stage_id", "rate", "reason"))
    if unset:
        chance.rate_is_manual = False
        way = await processes.way(ctx, chance.stage_id)
        chance.rate = processes.pick(way, stage_id or chance.stage_id).rate
    for name, value in facts.items():
        setattr(chance, name, value)
    if stage_id or rate is not None:
        await chance_stages.change(ctx, chance, stage_id or chance.stage_id, rate, reason)
    await ctx.session.flush()
    if chance.customer_id and before is None:
        await activities.follow_customer(ctx, chance.id, chance.customer_id)


async def _check(ctx: Ctx, facts: dict[str, Any], customer: Any = None) -> None:
    """Resolve every id and dictionary value of a body; a chosen customer's name is taken over."""
    if facts.get("customer_id"):
        customer = customer or await seen(ctx, Customer, facts["customer_id"], Customer.name, pointer="/customer_id")
        facts["customer_name"] = customer.name
    if facts.get("product_id"):
        await products.usable(ctx, facts["product_id"], "/product_id")
    await dictionary.check_facts(ctx, Chance, {"source": facts.get("source")})
