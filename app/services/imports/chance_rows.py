"""What rows of an import say of chances: the state that they tell of, and whether their dates and facts are those of the steps to it."""

from datetime import date, datetime
from typing import Any, NamedTuple

from app.core.ctx import Ctx
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.goods.products import Product
from app.models.sales.chances import Chance
from app.models.sales.competitors import Competitor
from app.schemas.imports.rows import ChanceImport
from app.schemas.sales.chance_steps import FailBody, SucceedBody
from app.schemas.sales.chances import ChancePatch
from app.services.imports import steps as import_steps
from app.services.imports.lines import Line, moment
from app.services.sales.chance_actions import OPEN

REFERENCES: dict[str, tuple[str, Any]] = {
    "customer_external_id": ("customer_id", Customer),
    "product_external_id": ("product_id", Product),
    "creator_external_id": ("creator_id", User),
    "assignee_external_id": ("assignee_id", User),
    "competitor": ("competitor_id", Competitor),
}
CALLED = {"reason": "close_reason", "competitor": "competitor_id", "note": "close_note"}
"""What a chance and its rows call what the bodies of its steps say."""
ENDS: dict[str, tuple[str, type[SucceedBody | FailBody]]] = {
    "succeeded": ("succeed", SucceedBody),
    "failed": ("fail", FailBody),
}
ENDING = ("closed_on", "close_value", "close_reason", "competitor_id", "close_note")
WORK = ("assignee_id", "assigned_at")
MADE = ("creator_id", "opened_at")
FACTS = (ChancePatch.model_fields.keys() - {"reason", "external_id"}) & {*Chance.__mapper__.column_attrs.keys()}
FIELDS = {attribute: name for name, (attribute, _) in REFERENCES.items()}
"""How a refusal names an attribute: by the field that was sent."""
STATE = {"status", *(FIELDS.get(name, name) for name in (*WORK, *ENDING))}


class End(NamedTuple):
    """How a row says that a chance ended: the step, its day and its body."""

    step: str
    day: date
    body: Any


def _of(status: str, *, needed: bool = False) -> set[str]:
    """Return what a chance in a state says of its work and its end, or cannot be without."""
    if status == "unassigned":
        return set()
    work = {"assignee_id"} if needed else {*WORK}
    if status not in ENDS:
        return work
    fields = ENDS[status][1].model_fields
    names = {CALLED.get(name, name) for name, field in fields.items() if field.is_required() or not needed}
    return work | {"closed_on"} | names & {*ENDING}


def together(chance: Chance, held: set[str]) -> set[str]:
    """Leave the whole state to who changed a part of it here, and all of a chance that was closed here."""
    if held.isdisjoint(STATE):
        return held
    return held | STATE if chance.status in OPEN else set(ChanceImport.model_fields)


def read(ctx: Ctx, line: Line) -> None:
    """Read what a row says; null says nothing of what a chance cannot be without, a linked one bears its customer's name."""
    import_steps.said(line, "status", "creator_id", "opened_at", "assigned_at", "stage_id")
    for name in ("opened_at", "assigned_at"):
        if name in line.facts:
            line.facts[name] = moment(ctx, line.facts[name])
    if line.row and line.facts.get("rate", 0) is None and not line.row.rate_is_manual:
        del line.facts["rate"]
    if line.facts.get("customer_id"):
        line.facts.pop("customer_name", None)


def _status(line: Line) -> str:
    """Return the state that a row tells of, else that which follows: what has ended stays so, else as there is an assignee."""
    if told := line.facts.get("status"):
        return str(told)
    if line.row and line.row.status not in OPEN:
        return str(line.row.status)
    return "assigned" if line.now("assignee_id") else "unassigned"


def check_dates(ctx: Ctx, line: Line) -> None:
    """Check the days told against each other and against today: opened, assigned, ended."""
    opened, assigned, closed_on = (line.now(name) for name in ("opened_at", "assigned_at", "closed_on"))
    opened = opened or ctx.now
    for name, value in (("opened_at", opened), ("assigned_at", assigned), ("closed_on", moment(ctx, closed_on))):
        if value and value > ctx.now:
            line.refuse(name, "in_future", "This lies in the future.")
    if assigned and day(ctx, assigned) < day(ctx, opened):
        line.refuse("assigned_at", "before_opened", "This is before the chance was opened.")
    if closed_on and closed_on < day(ctx, assigned or opened):
        line.refuse("closed_on", "before_opened", "This is before the chance was opened or assigned.")


def day(ctx: Ctx, at: datetime) -> date:
    """Return the company's day of a moment."""
    return at.astimezone(ctx.timezone).date()


def check_state(line: Line) -> None:
    """Check that what is said is what the steps to the state take; facts of what stays closed are frozen."""
    line.facts["status"] = status = _status(line)
    was = line.row.status if line.row else status
    of_now = _of(status)
    if was not in {status, *OPEN}:
        line.facts |= {
            name: None for name in {*ENDING} - of_now | {"close_reason"} if not line.has(FIELDS.get(name, name))
        }
    if status == "unassigned":
        line.facts |= {name: None for name in WORK if not line.has(FIELDS.get(name, name))}
    for name in sorted(_of(status, needed=True)):
        if line.now(name) is None:
            line.refuse(FIELDS.get(name, name), "required", f"A chance that is {status} has one.")
    for name in sorted({*WORK, *ENDING} - of_now):
        if line.now(name) is not None:
            line.refuse(FIELDS.get(name, name), "not_in_state", f"A chance that is {status} has none.")
    if line.row and {status, was}.isdisjoint(OPEN):
        for name in sorted(line.changes().keys() & FACTS):
            line.refuse(FIELDS.get(name, name), "closed", "The facts of a closed chance are frozen.")


def changed(line: Line) -> dict[str, Any]:
    """Return the facts that a row says otherwise than its chance; a probability that is told was set by hand."""
    facts, row = line.facts, line.row
    found = {name: facts[name] for name in facts.keys() & FACTS if facts[name] != getattr(row, name)}
    by_hand = facts.get("rate") is not None and not row.rate_is_manual
    return found | ({"rate": facts["rate"]} if by_hand else {})


def end_of(line: Line) -> End | None:
    """Return how a chance ended, as its row and what is there say; None where it goes on, or has ended so already."""
    status = line.facts["status"]
    if status not in ENDS:
        return None
    there, end = line.row, {name: line.now(name) for name in ENDING}
    now = end | {name: line.now(name) for name in WORK}
    if there and there.status == status and all(getattr(there, name) == now[name] for name in now):
        return None
    step, body = ENDS[status]
    names = {name: CALLED.get(name, name) for name in body.model_fields}
    return End(
        step, end["closed_on"], body.model_construct(**{name: end[of] for name, of in names.items() if of in end})
    )
