"""Who hears of churn: the manager, and the department's leader of what the night finds or when the manager has left."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.arrays import one_of
from app.core.ctx import Ctx
from app.core.happened import Happened, on
from app.core.scope import unscoped
from app.core.told import Reason
from app.models.access.departments import Department
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.schemas.base.notices import Kind
from app.services.base import notices

WHY = "whose entries they are"


@on("losses", "warn")
def warned(ctx: Ctx, entries: Sequence[Happened]) -> None:
    """Tell each manager and each leader once a batch: of the one customer by name, of several by their number."""
    above = _above(ctx, {one.row.manager_id for one in entries if one.row.manager_id})
    by_person: dict[int, list[Happened]] = defaultdict(list)
    for one in entries:
        for person in {who for who in above.get(one.row.manager_id, ()) if who}:
            by_person[person].append(one)
    for person, theirs in sorted(by_person.items()):
        first = theirs[0].row
        if len(theirs) == 1:
            notices.tell(ctx, (person, "loss_warning", "losses", first.id, first.name, None))
        else:
            notices.tell(ctx, (person, "losses_warning", "losses", first.id, str(len(theirs)), None))


@on("losses", "expire")
def due(ctx: Ctx, entries: Sequence[Happened]) -> None:
    """Tell who acts on them that the day to look again has come."""
    customers = _customers(ctx, entries)
    above = _above(ctx, {manager for _, manager in customers.values() if manager})
    for one in entries:
        name, manager = customers[one.row.customer_id]
        mine, leads = above.get(manager, (None, None)) if manager else (None, None)
        notices.tell(ctx, (mine or leads, "loss_review_due", "losses", one.row.id, name, None))


@on("losses", "revoke")
def revoked(ctx: Ctx, entries: Sequence[Happened]) -> None:
    """Tell the manager that a loss was taken back, and why."""
    for one in entries:
        _tell(ctx, one, "loss_revoked", one.reason)


@on("losses", "recover")
def recovered(ctx: Ctx, entries: Sequence[Happened]) -> None:
    """Tell the manager that the customer orders again."""
    for one in entries:
        _tell(ctx, one, "loss_recovered", None)


@on("losses", "return")
def returned(ctx: Ctx, entries: Sequence[Happened]) -> None:
    """Tell the manager that a lost customer is back."""
    for one in entries:
        _tell(ctx, one, "loss_returned", None)


def _tell(ctx: Ctx, one: Happened, kind: Kind, reason: Reason | None) -> None:
    # Whoever ends an entry, or opens it again, has its customer at hand and locked.
    customer = ctx.session.sync_session.get_one(Customer, one.row.customer_id)
    notices.tell(ctx, (customer.manager_id, kind, "losses", one.row.id, customer.name, reason))


def _customers(ctx: Ctx, entries: Sequence[Happened]) -> dict[int, tuple[str, int | None]]:
    """Return customer -> (name, manager)."""
    wanted = [one.row.customer_id for one in entries]
    statement = select(Customer.id, Customer.name, Customer.manager_id).where(one_of(Customer.id, wanted))
    rows = ctx.session.sync_session.execute(unscoped(statement, WHY))
    return {row.id: (row.name, row.manager_id) for row in rows}


def _above(ctx: Ctx, managers: set[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return a manager -> (the manager, the department's leader); None is who has left."""
    leader = aliased(User)
    statement = (
        select(User.id, User.flag, leader.id)
        .outerjoin(Department, Department.id == User.department_id)
        .outerjoin(leader, (leader.id == Department.leader_id) & (leader.flag == "active"))
        .where(User.id.in_(managers))
    )
    rows = ctx.session.sync_session.execute(statement)
    return {manager: (manager if flag == "active" else None, leads) for manager, flag, leads in rows}
