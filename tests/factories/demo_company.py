"""The demo company as it is after filling, for tests that only read it: filled once a day asked for, in each process."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.core.ctx import NOBODY, Ctx
from app.models.activities import Activity
from app.models.audit import LogEntry
from app.models.chance_stages import ChanceStage
from app.models.chances import Chance
from app.models.customers import Customer
from app.models.departments import Department
from app.models.linkmen import Linkman
from app.models.losses import Loss, LossMeasure
from app.models.orders import Order
from app.models.periodic import PeriodicReport
from app.models.plans import Plan
from app.models.services import Service, ServiceRound
from app.models.storage import Storage, StorageChange
from app.models.users import User
from app.services import demo, settings, verify, verify_values
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
            faults=[*await verify.sums(ctx), *await verify_values.doubts(ctx)],
            settings=await settings.values(make.session),
            **read,
        )
    return _filled[day]


async def _rows(make: Make, model: Any) -> list[Any]:
    return list(await make.session.scalars(select(model).order_by(model.id).execution_options(scoped="the test")))
