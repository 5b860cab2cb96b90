"""The demo company as it is after filling, for tests that only read it: filled once a day asked for, in each process."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.core.ctx import NOBODY, Ctx
from app.demo.company import fill as demo
from app.models.access.departments import Department
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.models.care.losses import Loss, LossMeasure
from app.models.care.services import Service, ServiceRound
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.storage import Storage, StorageChange
from app.models.orders.orders import Order
from app.models.reports.periodic import PeriodicReport
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.models.sales.plans import Plan
from app.services.base import health_values, settings, verify
from tests.factories.make import Make

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = [
    pytest.param(None, id="today"),
    pytest.param(datetime(2026, 2, 18, 12, tzinfo=ZONE), id="spring-festival"),
    pytest.param(datetime(2027, 1, 31, 23, 30, tzinfo=ZONE), id="month-end"),
]
READ = {
    "users": User, "departments": Department, "customers": Customer, "linkmen": Linkman, "chances": Chance,
    "stays": ChanceStage, "plans": Plan, "activities": Activity, "orders": Order, "storage": Storage,
    "changes": StorageChange, "services": Service, "rounds": ServiceRound, "losses": Loss, "measures": LossMeasure,
    "log": LogEntry, "reports": PeriodicReport,
}  # fmt: skip
_filled: dict[datetime | None, SimpleNamespace] = {}


async def demo_company(make: Make, day: datetime | None = None) -> SimpleNamespace:
    """Return the rows of an installation that was filled as if on this day: `users`, `customers`, … by their ids.

    They stay readable when the test that filled rolls back; what must be asked of the database is asked there and then.
    """
    if day not in _filled:
        ctx = Ctx(session=make.session, actor=NOBODY, now=day or make.now(), timezone=ZONE)
        make.session.info["ctx"] = ctx
        counts = await demo.fill(ctx)
        await make.session.commit()
        read = {name: await _rows(make, model) for name, model in READ.items()}
        _filled[day] = SimpleNamespace(
            now=ctx.now,
            today=ctx.today,
            counts=counts,
            faults=[*await verify.sums(ctx), *await health_values.doubts(ctx)],
            settings=await settings.values(make.session),
            **read,
        )
    return _filled[day]


async def _rows(make: Make, model: Any) -> list[Any]:
    return list(await make.session.scalars(select(model).order_by(model.id).execution_options(scoped="the test")))
