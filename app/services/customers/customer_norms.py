"""Reads the names of all customers again when the rule of their normal form has changed, a range of ids at a time."""

from typing import Any

from sqlalchemy import bindparam, select, update

from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.customers.customer_norms import RULE, norm
from app.models.customers.customers import Customer
from app.services.base import settings

SETTING = "customers.norm"
JOB = "customers.norms"
AT_ONCE = 2_000
DONE = {"rule": RULE, "after": None}
"""The rule that customers were read by, and behind which id to go on (null: nothing is left)."""
TABLE: Any = Customer.__table__


async def stale(ctx: Ctx) -> bool:
    """Tell whether customers stand under another rule."""
    return bool((await settings.values(ctx.session))[SETTING] != DONE)


async def read_again(ctx: Ctx) -> bool:
    """Bring one range of customers under the present rule; tell whether more are left. Versions stay: no fact changes."""
    state = (await settings.values(ctx.session))[SETTING]
    if state == DONE:
        return False
    after = state["after"] or 0 if state["rule"] == RULE else 0
    batch = select(Customer.id, Customer.name, Customer.norm).where(Customer.id > after).order_by(Customer.id)
    locked = batch.limit(AT_ONCE).with_for_update(key_share=True)
    rows = (await ctx.session.execute(unscoped(locked, "the rule is for every name"))).all()
    changed = [{"row": row.id, "form": norm(row.name)} for row in rows if row.norm != norm(row.name)]
    if changed:
        statement = update(TABLE).where(TABLE.c.cust_id == bindparam("row")).values(cust_norm=bindparam("form"))
        await ctx.session.execute(statement, changed)
    more = len(rows) == AT_ONCE
    await settings.put(ctx.session, SETTING, {"rule": RULE, "after": rows[-1].id} if more else DONE)
    return more
