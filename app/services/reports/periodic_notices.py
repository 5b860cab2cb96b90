"""Who hears of a customer report: its author of a draft, and who may read it when it is issued."""

from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.core.ctx import Ctx, Reach
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.rbac import Role, RoleRight
from app.models.access.users import User, UserRole
from app.models.reports.periodic import PeriodicReport
from app.schemas.base.notices import Kind
from app.services.base import notices


def message(user_id: int, kind: Kind, report: PeriodicReport, department: str) -> notices.Message:
    """Return the notice of a report to a person: its month and department."""
    return (user_id, kind, "periodic", report.id, f"{report.month:%Y-%m} · {department}", None)


async def tell_readers(ctx: Ctx, report: PeriodicReport) -> None:
    """Tell all whose reports:read reaches the department that its report is issued; not who issued it."""
    department = await ctx.session.scalar(select(Department.name).where(Department.id == report.department_id))
    people = await ctx.session.scalars(_readers(report.department_id))
    await notices.tell_all(ctx, [message(one, "periodic_issued", report, department or "") for one in people])


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
