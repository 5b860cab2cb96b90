"""The API's nouns, all under /api/v1."""

from app.routers import demo
from app.routers.access import auth, departments, first_steps, links, me, people, rbac, users
from app.routers.base import (
    audit,
    dict,  # noqa: A004  the module's name is the noun
    health,
    notices,
    recycle_bin,
    settings,
)
from app.routers.care import losses, service_notes, services
from app.routers.customers import activities, customer_transfers, customers, linkmen
from app.routers.goods import arrivals, product_categories, products, storage
from app.routers.imports import imports
from app.routers.orders import orders, transactions
from app.routers.reports import exports as report_exports
from app.routers.reports import periodic, reports
from app.routers.route import PREFIX, NounRouter
from app.routers.sales import chance_steps, chances, goals, plans, processes

__all__ = ["NOUNS", "PREFIX"]

NOUNS: tuple[NounRouter, ...] = (
    # In the order in which they are tried: what is asked most comes first.
    customers.router,
    customer_transfers.router,
    chances.router,
    chance_steps.router,
    plans.router,
    plans.chance_plans,
    orders.router,
    orders.customer_orders,
    transactions.router,
    activities.router,
    linkmen.router,
    links.router,
    losses.router,
    services.router,
    service_notes.router,
    arrivals.router,
    audit.router,
    auth.router,
    demo.router,
    departments.router,
    dict.router,
    first_steps.router,
    goals.router,
    health.router,
    imports.router,
    me.router,
    notices.router,
    people.router,
    periodic.router,
    processes.router,
    product_categories.router,
    products.router,
    rbac.router,
    rbac.rights,
    recycle_bin.router,
    report_exports.router,
    reports.router,
    settings.router,
    storage.router,
    users.router,
)
