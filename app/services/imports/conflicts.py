"""What people changed since a record was imported: an import leaves it as it is and tells so, unless it is asked to overwrite.

The log knows: it names the act of each change, so that whoever gave a field its value last was a person or an import
(decision 0046).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.arrays import one_of
from app.core.audit import Audited
from app.core.ctx import Ctx
from app.core.db import Base
from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.orders.payments import OrderPayment

Together = Callable[[Any, set[str]], set[str]]
"""Which fields stay when these of a record do: what belongs together is not half a person's and half an import's."""
BY_A_PERSON: tuple[ColumnElement[bool], ...] = (
    func.coalesce(Act.kind, "") != "import",
    LogEntry.actor_id.is_not(None),
    # Before imports were acts, and where a program creates records one by one, only a create under another system's id tells.
    not_(and_(LogEntry.action == "create", LogEntry.changes.has_key("external_id"))),
)


IN_FORCE = or_(Act.id.is_(None), and_(Act.kind != "take_back", Act.state == "done"))
"""A run that was taken back, and its taking back, gave no value: whoever gave it before did."""


async def changed_by_people(ctx: Ctx, model: Any, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return record -> the attributes of it, or of its parts, whose present value a person gave."""
    if not ids:
        return {}
    fields = func.jsonb_object_keys(LogEntry.changes).table_valued("field").render_derived()
    own = [prop.key for prop in model.__mapper__.column_attrs]
    of_parts = and_(LogEntry.action.in_(_verbs(model)), fields.c.field.in_(own))
    last = (
        select(LogEntry.entity_id, fields.c.field, and_(*BY_A_PERSON).label("person"))
        .select_from(LogEntry)
        .join(fields, true())
        .outerjoin(Act, Act.id == LogEntry.act_id)
        .where(LogEntry.entity == model.__audit__, one_of(LogEntry.entity_id, ids), not_(of_parts))
        .where(IN_FORCE)
        .ext(distinct_on(LogEntry.entity_id, fields.c.field))
        .order_by(LogEntry.entity_id, fields.c.field, LogEntry.at.desc(), LogEntry.id.desc())
    )
    found: dict[int, set[str]] = {}
    for entity_id, name, person in await ctx.session.execute(last):
        if person:
            found.setdefault(entity_id, set()).add(name)
    return found


def _verbs(model: Any) -> list[str]:
    """Return the acts of the log that are of a record's parts alone, whose attributes may be called as the record's own."""
    audited = (one.class_ for one in Base.registry.mappers if issubclass(one.class_, Audited))
    parts = [one for one in audited if one.__audit__ == model.__audit__]
    return [verb for one in parts if one.__audit_id__ != "id" for verb in one.__audit_verbs__]


async def removed_payments(ctx: Ctx, order_ids: Sequence[int]) -> dict[int, Counter[tuple[date, Decimal]]]:
    """Return order -> the payments, by day and amount, that people removed from it."""
    removal = OrderPayment.__audit_verbs__[1]
    statement = (
        select(LogEntry.entity_id, LogEntry.changes)
        .outerjoin(Act, Act.id == LogEntry.act_id)
        .where(LogEntry.entity == OrderPayment.__audit__, one_of(LogEntry.entity_id, order_ids))
        .where(LogEntry.action == removal, IN_FORCE, *BY_A_PERSON)
    )
    found: dict[int, Counter[tuple[date, Decimal]]] = {}
    for order_id, changes in await ctx.session.execute(statement) if order_ids else ():
        payment = date.fromisoformat(changes["date"][0]), Decimal(changes["amount"][0])
        found.setdefault(order_id, Counter())[payment] += 1
    return found


async def keep(batch: Any, together: Together) -> None:
    """Take out of each row what people changed since its record was imported, where it would change it back.

    The log tells of parts of a record by what they are parts of; nobody changes such a part (a shipment).
    """
    if batch.model.__audit_id__ != "id":
        return
    met = {line.row.id: line for line in batch.lines if line.row is not None and not line.errors}
    for row_id, names in (await changed_by_people(batch.ctx, batch.model, sorted(met))).items():
        line = met[row_id]
        line.theirs = names
        differing = {name for name in line.says if batch.differs(line, name)}
        held = {name for name in differing if batch.attribute(name) in names}
        for name in sorted((together(line.row, held) if held else held) & line.says):
            line.keep(name, told=name in differing)
