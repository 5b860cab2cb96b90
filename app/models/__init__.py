"""All tables, one file per noun. Importing the package registers them on `Base.metadata`, and what writes with them."""

from app.core import closing, fed, savepoints
from app.models.access import auth, departments, rbac, users
from app.models.base import (
    acts,
    audit,
    changes,
    dict,  # noqa: A004  the module's name is the noun
    idempotency,
    notices,
    settings,
)
from app.models.care import losses, services
from app.models.customers import activities, customer_followers, customer_norms, customers, linkmen
from app.models.goods import arrivals, products, storage
from app.models.imports import imports
from app.models.orders import orders
from app.models.orders import shipments as order_shipments
from app.models.orders import sums as order_sums
from app.models.orders import totals as order_totals
from app.models.orders import totals_kept as order_totals_kept
from app.models.orders import totals_merged as order_totals_merged
from app.models.reports import exports as report_exports
from app.models.reports import periodic
from app.models.sales import chance_stages, chances, goals, plans, processes

__all__ = [
    "activities",
    "acts",
    "arrivals",
    "audit",
    "auth",
    "chance_stages",
    "chances",
    "changes",
    "closing",
    "customer_followers",
    "customer_norms",
    "customers",
    "departments",
    "dict",
    "fed",
    "goals",
    "idempotency",
    "imports",
    "linkmen",
    "losses",
    "notices",
    "order_shipments",
    "order_sums",
    "order_totals",
    "order_totals_kept",
    "order_totals_merged",
    "orders",
    "periodic",
    "plans",
    "processes",
    "products",
    "rbac",
    "report_exports",
    "savepoints",
    "services",
    "settings",
    "storage",
    "users",
]
