"""Roles, rights and the data scope that a role carries (`sys_role`, `sys_right`, `sys_role_right`)."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import Stamped, key


class Permission(StrEnum):
    """Every right, `resource:action`; the resource is the module's name. Alphabetical."""

    activities_read = "activities:read"
    activities_write = "activities:write"
    assets_read = "assets:read"
    assets_write = "assets:write"
    audit_read = "audit:read"
    chances_assign = "chances:assign"
    chances_close = "chances:close"
    chances_create = "chances:create"
    chances_delete = "chances:delete"
    chances_read = "chances:read"
    chances_reopen = "chances:reopen"
    chances_update = "chances:update"
    competitors_read = "competitors:read"
    competitors_write = "competitors:write"
    customers_create = "customers:create"
    customers_delete = "customers:delete"
    customers_finance = "customers:finance"
    customers_read = "customers:read"
    customers_restore = "customers:restore"
    customers_transfer = "customers:transfer"
    customers_update = "customers:update"
    departments_read = "departments:read"
    departments_write = "departments:write"
    dict_read = "dict:read"
    dict_write = "dict:write"
    goals_read = "goals:read"
    goals_write = "goals:write"
    health_read = "health:read"
    imports_write = "imports:write"
    linkmen_personal = "linkmen:personal"
    linkmen_read = "linkmen:read"
    linkmen_write = "linkmen:write"
    losses_confirm = "losses:confirm"
    losses_delay = "losses:delay"
    losses_detect = "losses:detect"
    losses_read = "losses:read"
    losses_revoke = "losses:revoke"
    orders_read = "orders:read"
    orders_write = "orders:write"
    people_read = "people:read"
    plans_execute = "plans:execute"
    plans_read = "plans:read"
    plans_write = "plans:write"
    processes_write = "processes:write"
    products_cost = "products:cost"
    products_read = "products:read"
    products_write = "products:write"
    rbac_read = "rbac:read"
    rbac_write = "rbac:write"
    recycle_purge = "recycle:purge"
    reports_export = "reports:export"
    reports_issue = "reports:issue"
    reports_read = "reports:read"
    services_assign = "services:assign"
    services_create = "services:create"
    services_deal = "services:deal"
    services_feedback = "services:feedback"
    services_read = "services:read"
    services_void = "services:void"
    settings_public = "settings:public"
    settings_write = "settings:write"
    storage_read = "storage:read"
    storage_write = "storage:write"
    users_read = "users:read"
    users_write = "users:write"


COMPANY_RIGHTS = (
    Permission.departments_write, Permission.imports_write, Permission.rbac_write, Permission.settings_write,
    Permission.users_write,
)  # fmt: skip
"""Rights over what everybody stands on: accounts, departments, roles, settings."""
BUILT_IN = ("admin", "supervisor", "manager", "executive")
"""The codes of the roles that come with Kith: they may be edited, not deleted."""


class Role(Stamped, Audited, Base):
    """A set of rights with the reach that they have over rows; a disabled one gives nothing."""

    __tablename__ = "sys_role"
    __audit__ = "rbac"

    id: Mapped[int] = key("role_id")
    code: Mapped[str] = mapped_column("role_code", unique=True)
    name: Mapped[str] = mapped_column("role_name", unique=True)
    description: Mapped[str | None] = mapped_column("role_desc")
    flag: Mapped[str] = mapped_column("role_flag")
    data_scope: Mapped[str] = mapped_column("role_data_scope")

    __table_args__ = (
        CheckConstraint("role_flag in ('active', 'disabled')", name="role_flag"),
        CheckConstraint("role_data_scope in ('own', 'department', 'department_tree', 'all')", name="role_data_scope"),
    )


class Right(Base):
    """A right as the administrator sees it; seeded from `Permission`, below its module (`menu`)."""

    __tablename__ = "sys_right"

    code: Mapped[str] = mapped_column("right_code", primary_key=True)
    parent_code: Mapped[str | None] = mapped_column("right_parent_code")
    type: Mapped[str] = mapped_column("right_type")
    text: Mapped[str] = mapped_column("right_text")
    text_en: Mapped[str | None] = mapped_column("right_text_en")
    url: Mapped[str | None] = mapped_column("right_url")
    tip: Mapped[str | None] = mapped_column("right_tip")
    tip_en: Mapped[str | None] = mapped_column("right_tip_en")
    sort: Mapped[int] = mapped_column("right_sort", Integer, server_default="500")
    """The place among its neighbours: modules as in the menu, actions as a person reads them."""


class RoleRight(Base):
    """That a role holds a right. Rights change as a whole list, and stand so in the log of the role."""

    __tablename__ = "sys_role_right"
    __noun__ = "rbac"

    role_id: Mapped[int] = mapped_column("rf_role_id", ForeignKey("sys_role.role_id"), primary_key=True)
    right_code: Mapped[str] = mapped_column("rf_right_code", ForeignKey("sys_right.right_code"), primary_key=True)


explain("uq_sys_role_role_code", "/code", "taken", "There is a role with this code.")
explain("uq_sys_role_role_name", "/name", "taken", "There is a role with this name.")
