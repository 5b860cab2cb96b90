"""The person who is signed in: who they are and what the screens need to know."""

from typing import Any

from sqlalchemy import exists, select

from app.core.ctx import Ctx
from app.core.reference import Reference
from app.core.scope import check_version, unscoped
from app.models.access.departments import Department
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.models.customers.customers import Customer
from app.schemas.access.me import MePatch
from app.services.base import settings

KEPT = ("language", "first_steps_hidden")
"""What has a value always: null leaves it as it is."""


async def get_detail(ctx: Ctx) -> dict[str, Any]:
    """Return me with my rights and the company's settings; `empty` means that no customer exists yet."""
    statement: Any = (
        select(
            User.id, User.version, User.user_name, User.name, User.email, User.mobile, User.language, User.is_demo,
            User.first_steps_hidden, Reference("department", Department.id, Department.name),
        )
        .outerjoin(Department, Department.id == User.department_id)
        .where(User.id == ctx.actor.id)
    )  # fmt: skip
    row = (await ctx.session.execute(statement)).one()
    roles = select(Role.code, Role.name).join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == row.id)
    filled = unscoped(select(exists(select(Customer.id))), "whether anything is there at all")
    company = await settings.values(ctx.session)
    return {
        **row._asdict(),
        "roles": (await ctx.session.execute(roles.order_by(Role.id))).all(),
        "rights": [{"right": right, "scope": reach} for right, reach in sorted(ctx.actor.rights.items())],
        "timezone": company["company.timezone"],
        "currency": company["company.currency"],
        "company_name": company["company.name"],
        "company_logo": company["company.logo"],
        "customers_required": company["customers.required"],
        "customers_hidden": company["customers.hidden"],
        "demo": company[settings.DOOR],
        "empty": not await ctx.session.scalar(filled),
    }


async def update(ctx: Ctx, version: int, body: MePatch) -> dict[str, Any]:
    """Change my own contact data or language, or put the first steps away and back."""
    user = (await ctx.session.scalars(select(User).where(User.id == ctx.actor.id).with_for_update())).one()
    check_version(user, version)
    for name, value in body.model_dump(exclude_unset=True).items():
        if value is not None or name not in KEPT:
            setattr(user, name, value)
    await ctx.session.flush()
    return await get_detail(ctx)
