"""Lines of a draft order: added, changed, removed one by one, or replaced as a whole.

Every change locks the order's row and adds the lines up anew, so that two people at once lose nothing. A
single line is changed under its own version; replacing all of them needs the order's, which every change
of a line moves on.
"""

from typing import Any

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.models.orders.orders import Order, OrderLine
from app.schemas.orders.lines import MAX_LINES, LinePatch, LinesBody, LineWrite
from app.services.orders import actions, orders
from app.services.orders import amounts as order_amounts


async def _line(ctx: Ctx, order_id: int, line_id: int, version: int) -> tuple[Order, OrderLine]:
    order, held = await actions.found(ctx, order_id)
    for line in await order_amounts.lines_of(ctx, order_id):
        if line.id == line_id:
            actions.STEPS.check(ctx, "edit_lines", held, line, version)
            return order, line
    raise NotFound


async def add(ctx: Ctx, order_id: int, body: LineWrite) -> dict[str, Any]:
    """Add a line; raise `Invalid` at the field, `IllegalTransition` when the order is no draft."""
    order, lines = await actions.lined(ctx, order_id, "edit_lines")
    if len(lines) >= MAX_LINES:
        raise Conflict(f"An order has at most {MAX_LINES} lines.", code="too_many_lines")
    (facts,) = await order_amounts.priced(ctx, [body], "")
    ctx.session.add(OrderLine(order_id=order_id, **facts))
    await order_amounts.recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


async def change(ctx: Ctx, order_id: int, line_id: int, version: int, body: LinePatch) -> dict[str, Any]:
    """Change a line under its version; another product brings its own price, unit and tax rate unless they are given."""
    order, line = await _line(ctx, order_id, line_id, version)
    facts = body.model_dump(exclude_unset=True)
    for name in ("product_id", "count", "discount"):
        if name in facts and facts[name] is None:
            raise Invalid(f"/{name}", "required", "This cannot be empty.")
    same = facts.get("product_id", line.product_id) == line.product_id
    present = {name: getattr(line, name) for name in ("product_id", "count", "discount")}
    if same:
        present |= {name: getattr(line, name) for name in ("unit", "price", "tax_rate")}
    whole = LineWrite.model_construct(**{**present, **facts})
    _write(line, (await order_amounts.priced(ctx, [whole], "", frozenset({line.product_id})))[0])
    await order_amounts.recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


async def remove(ctx: Ctx, order_id: int, line_id: int, version: int) -> dict[str, Any]:
    """Remove a line under its version."""
    order, line = await _line(ctx, order_id, line_id, version)
    await ctx.session.delete(line)
    await order_amounts.recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


async def replace(ctx: Ctx, order_id: int, version: int, body: LinesBody) -> dict[str, Any]:
    """Make these the lines of the order, under the order's version; what they do not name is removed.

    Raises `Invalid` at the line for an id that the order does not have, or that is named twice.
    """
    order, lines = await actions.lined(ctx, order_id, "edit_lines", version)
    present = {line.id: line for line in lines}
    sold = frozenset(line.product_id for line in present.values())
    facts = await order_amounts.priced(ctx, body.lines, "/lines/{}", sold)
    left = dict(present)
    for place, (given, one) in enumerate(zip(body.lines, facts, strict=True)):
        if given.id is None:
            ctx.session.add(OrderLine(order_id=order_id, **one))
            continue
        line = left.pop(given.id, None)
        if line is None:
            raise Invalid(f"/lines/{place}/id", "not_found", "The order has no such line, or it is named twice.")
        _write(line, one)
    for line in left.values():
        await ctx.session.delete(line)
    await order_amounts.recount(ctx, order)
    return await orders.get_detail(ctx, order_id)


def _write(line: OrderLine, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(line, name, value)
    mark(line, "change_line", line=line.id)
