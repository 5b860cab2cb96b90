"""Who hears of a customer report: its author of a draft, and who may read it when it is issued."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.core.ctx import Ctx, Reach
from app.core.happened import Happened, on
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.rbac import Role, RoleRight
from app.models.access.users import User, UserRole
from app.models.reports.periodic import PeriodicReport
from app.schemas.base.notices import Kind
from app.services.base import notices
from app.services.base.notices import Message


@on("periodic", "draft")
def drafted(ctx: Ctx, reports: Sequence[Happened]) -> None:
    """Tell the author of a draft that Kith composed."""
    names = _departments(ctx, reports)
    notices.tell(ctx, *(_message(one.row.author_id, "periodic_drafted", one.row, names) for one in reports))


@on("periodic", "issue")
def issued(ctx: Ctx, reports: Sequence[Happened]) -> None:
    """Tell all whose reports:read reaches the department that its report is issued; not who issued it."""
    names = _departments(ctx, reports)
    for one in reports:
        people = ctx.session.sync_session.scalars(_readers(one.row.department_id)).all()
        notices.tell(ctx, *(_message(person, "periodic_issued", one.row, names) for person in people))


def _message(person: int, kind: Kind, report: PeriodicReport, names: dict[int, str]) -> Message:
    """Return the notice of a report to a person: its month and department."""
    name = f"{report.month:%Y-%m} · {names.get(report.department_id, '')}"
    return person, kind, "periodic", report.id, name, None


def _departments(ctx: Ctx, reports: Sequence[Happened]) -> dict[int, str]:
    wanted = {one.row.department_id for one in reports}
    statement = select(Department.id, Department.name).where(Department.id.in_(wanted))
    return {row.id: row.name for row in ctx.session.sync_session.execute(statement)}


def _readers(department_id: int) -> Select[int]:
    reached = or_(
        Role.data_scope == Reach.ALL,
        and_(Role.data_scope == Reach.DEPARTMENT_TREE, User.department_id.in_(_above(department_id))),
        and_(Role.data_scope == Reach.DEPARTMENT, User.department_id == department_id),
    )
    return (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .join(Role, Role.id == UserRole.role_id)
        .join(RoleRight, RoleRight.role_id == Role.id)
        .where(User.flag == "active", Role.flag != "disabled", RoleRight.right_code == P.reports_read, reached)
        .distinct()
        .order_by(User.id)
    )


def _above(department_id: int) -> Select[Any]:
    """Select the ids of a department and of all above it."""
    own = select(Department.id, Department.parent_id).where(Department.id == department_id)
    up = own.cte("above", recursive=True)
    step = select(Department.id, Department.parent_id).where(Department.id == up.c.parent_id)
    return select(up.union(step).c.id)
