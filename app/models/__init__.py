"""All tables, one file per noun. Importing the package registers them on `Base.metadata`."""

from app.models import (
    activities,
    audit,
    auth,
    chances,
    customers,
    departments,
    dict,  # noqa: A004  the module's name is the noun
    goals,
    idempotency,
    linkmen,
    notices,
    plans,
    processes,
    products,
    rbac,
    settings,
    users,
)

__all__ = [
    "activities",
    "audit",
    "auth",
    "chances",
    "customers",
    "departments",
    "dict",
    "goals",
    "idempotency",
    "linkmen",
    "notices",
    "plans",
    "processes",
    "products",
    "rbac",
    "settings",
    "users",
]
