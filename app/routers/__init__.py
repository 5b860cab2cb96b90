"""The API's nouns, all under /api/v1."""

from fastapi import APIRouter

from app.routers import (
    activities,
    audit,
    auth,
    chances,
    customers,
    demo,
    departments,
    dict,  # noqa: A004  the module's name is the noun
    goals,
    health,
    imports,
    linkmen,
    me,
    notices,
    people,
    plans,
    processes,
    products,
    rbac,
    recycle_bin,
    reports,
    users,
)

PREFIX = "/api/v1"
NOUNS: tuple[APIRouter, ...] = (
    # In the order in which they are tried: what is asked most comes first.
    customers.router,
    chances.router,
    plans.router,
    plans.chance_plans,
    activities.router,
    linkmen.router,
    audit.router,
    auth.router,
    demo.router,
    departments.router,
    dict.router,
    goals.router,
    health.router,
    imports.router,
    me.router,
    notices.router,
    people.router,
    processes.router,
    products.router,
    rbac.router,
    recycle_bin.router,
    reports.router,
    users.router,
)
