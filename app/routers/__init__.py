"""The API's nouns, all under /api/v1."""

from fastapi import APIRouter

from app.routers import (
    activities,
    audit,
    auth,
    chances,
    customers,
    departments,
    dict,  # noqa: A004  the module's name is the noun
    health,
    imports,
    linkmen,
    me,
    people,
    plans,
    processes,
    products,
    rbac,
    recycle_bin,
    users,
)

router = APIRouter(prefix="/api/v1")
router.include_router(activities.router)
router.include_router(audit.router)
router.include_router(auth.router)
router.include_router(chances.router)
router.include_router(customers.router)
router.include_router(departments.router)
router.include_router(dict.router)
router.include_router(health.router)
router.include_router(imports.router)
router.include_router(linkmen.router)
router.include_router(me.router)
router.include_router(people.router)
router.include_router(plans.router)
router.include_router(plans.chance_plans)
router.include_router(processes.router)
router.include_router(products.router)
router.include_router(rbac.router)
router.include_router(recycle_bin.router)
router.include_router(users.router)
