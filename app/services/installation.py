"""What the log-in page shows of the installation."""

from typing import Any

from sqlalchemy import select

from app import VERSION
from app.core.ctx import Ctx
from app.core.reference import Reference
from app.models.departments import Department
from app.models.rbac import Role
from app.models.users import User, UserRole
from app.services import auth, settings


async def state(ctx: Ctx) -> dict[str, Any]:
    """Return version, name, whether an administrator is missing, and in demo mode the people to be."""
    company = await settings.values(ctx.session)
    people: Any = []
    if company["demo.enabled"]:
        statement: Any = (
            select(User.id, User.name, Role.code.label("role"), Reference("department", Department.id, Department.name))
            .join(UserRole, UserRole.user_id == User.id)
            .join(Role, Role.id == UserRole.role_id)
            .outerjoin(Department, Department.id == User.department_id)
            .where(User.is_demo.is_(True), User.flag == "active")
            .order_by(Role.id, User.id)
        )
        people = (await ctx.session.execute(statement)).all()
    return {
        "version": VERSION,
        "company_name": company["company.name"],
        "company_logo": company["company.logo"],
        "language": company["company.language"],
        "needs_setup": await auth.needs_setup(ctx),
        "demo": company["demo.enabled"],
        "people": people,
    }
