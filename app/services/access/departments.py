"""The department tree: no circles, nothing deleted that is not empty."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.core import external
from app.core.ctx import Ctx
from app.core.errors import Conflict, Invalid, NotFound
from app.core.reference import Reference
from app.core.rows import Row
from app.core.scope import check_version, unscoped
from app.models.access.departments import Department
from app.models.access.rbac import Permission as P
from app.models.access.users import User
from app.models.care.services import Service
from app.models.reports.periodic import PeriodicReport
from app.models.sales.goals import Goal
from app.schemas.access.departments import DepartmentPatch, DepartmentWrite
from app.schemas.base.external import ExternalQuery
from app.services.access import reach

Parent, Leader = aliased(Department), aliased(User)


def _statement() -> Select[*tuple[Any, ...]]:
    people = (
        select(func.count())
        .where(User.department_id == Department.id, User.flag == "active")
        .correlate(Department)
        .scalar_subquery()
    )
    return (
        select(
            Department.id, Department.version, Department.name, Reference("parent", Parent.id, Parent.name),
            Reference("leader", Leader.id, Leader.name), people.label("people_count"), Department.external_id,
        )
        .outerjoin(Parent, Parent.id == Department.parent_id)
        .outerjoin(Leader, Leader.id == Department.leader_id)
        .order_by(Department.id)
    )  # fmt: skip


async def everything(ctx: Ctx, query: ExternalQuery) -> Sequence[Row]:
    """Return all departments, or the one of an external id, flat; the tree is in `parent`."""
    return (await ctx.session.execute(external.only(_statement(), Department, query.external_id))).all()


async def get_detail(ctx: Ctx, department_id: int) -> Row:
    """Return one department; raise `NotFound`."""
    row = (await ctx.session.execute(_statement().where(Department.id == department_id))).one_or_none()
    if row is None:
        raise NotFound
    return row


async def create(ctx: Ctx, body: DepartmentWrite) -> Row:
    """Create a department, within the caller's reach."""
    await reach.require_department(ctx, P.departments_write, body.parent_id)
    await _check(ctx, body.model_dump(), None)
    department = Department(**body.model_dump())
    ctx.session.add(department)
    await ctx.session.flush()
    return await get_detail(ctx, department.id)


async def update(ctx: Ctx, department_id: int, version: int, body: DepartmentPatch) -> Row:
    """Rename, move or give another leader; moving a department below itself, or beyond the caller's reach, is refused."""
    department = await _locked(ctx, department_id, version)
    facts = body.model_dump(exclude_unset=True)
    if "name" in facts and not facts["name"]:
        raise Invalid("/name", "required", "This cannot be empty.")
    await _check(ctx, facts, department_id)
    touched = [
        department_id,
        *([facts["parent_id"]] if facts.get("parent_id", department.parent_id) != department.parent_id else []),
    ]
    await reach.require_department(ctx, P.departments_write, *touched)
    async with reach.kept(ctx):
        for name, value in facts.items():
            setattr(department, name, value)
        await ctx.session.flush()
    return await get_detail(ctx, department_id)


USED: tuple[tuple[Any, str], ...] = (
    (User.department_id, "people"),
    (Department.parent_id, "departments"),
    (Goal.department_id, "goals"),
    (PeriodicReport.department_id, "reports"),
    (Service.department_id, "services"),
)
"""What names departments, and as what."""
WORDS = {
    "people": "People are in this department; move them first.",
    "departments": "Other departments are below this one; move or delete them first.",
    "goals": "This department has goals; delete them first.",
    "reports": "Customer reports are about this department, so it stays.",
    "services": "Complaints name this department, so it stays.",
}


async def delete(ctx: Ctx, department_id: int, version: int) -> None:
    """Delete an empty department; raise `Conflict` (409, `code` not_empty, `what`, `count`) for one that anything names."""
    department = await _locked(ctx, department_id, version)
    await reach.require_department(ctx, P.departments_write, department_id)
    for column, what in USED:
        named = select(func.count()).select_from(column.class_).where(column == department_id)
        count = await ctx.session.scalar(unscoped(named, "whoever's it is, it names the department"))
        if count:
            raise Conflict(WORDS[what], code="not_empty", what=what, count=count)
    await ctx.session.delete(department)
    await ctx.session.flush()


async def exists(ctx: Ctx, department_id: int | None, pointer: str) -> None:
    """Raise `Invalid` at the pointer for an unknown department."""
    if department_id and await ctx.session.get(Department, department_id) is None:
        raise Invalid(pointer, "not_found", "There is no such department.")


async def _locked(ctx: Ctx, department_id: int, version: int) -> Department:
    statement = select(Department).where(Department.id == department_id).with_for_update()
    department = (await ctx.session.scalars(statement)).one_or_none()
    if department is None:
        raise NotFound
    check_version(department, version)
    return department


async def _check(ctx: Ctx, facts: dict[str, Any], department_id: int | None) -> None:
    await exists(ctx, facts.get("parent_id"), "/parent_id")
    if facts.get("leader_id") and await ctx.session.get(User, facts["leader_id"]) is None:
        raise Invalid("/leader_id", "not_found", "There is no such person.")
    step = facts.get("parent_id")
    while step and department_id:
        if step == department_id:
            raise Invalid("/parent_id", "circle", "A department cannot be below itself.")
        step = await ctx.session.scalar(select(Department.parent_id).where(Department.id == step))
