"""The demo company's goals: a little more each month than a manager won on average, the department's rounded up."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import insert, select

from app.core.ctx import Ctx
from app.demo.company.customers import Row
from app.demo.company.sales import Sales, Team
from app.models.access.users import User
from app.models.sales.goals import Goal

MONTHS, TOLD = 6, 36
"""Months with goals; months that the demo company's story tells of."""
STRETCH = Decimal("1.15")
STEP = {"won_amount": Decimal(50_000), "paid_amount": Decimal(50_000), "new_customers": Decimal(1)}


async def fill(ctx: Ctx, team: Team, sales: Sales) -> None:
    """Write goals of this month and those before it."""
    statement = select(User.id, User.department_id).where(User.id.in_(team.managers), User.department_id.is_not(None))
    units = {row.id: row.department_id for row in await ctx.session.execute(statement)}
    rows = goals(ctx.today, sales.chances, units, team.supervisors[0], ctx.now)
    await ctx.session.execute(insert(Goal).execution_options(render_nulls=True), rows)


def goals(today: date, chances: list[Row], units: dict[int, int], by: int, at: Any) -> list[Row]:
    """Return the goals as rows; `units` tells each manager's department."""
    won: dict[int, Decimal] = defaultdict(Decimal)
    customers: dict[int, int] = defaultdict(int)
    for chance in chances:
        if chance["status"] == "succeeded" and chance["assignee_id"] in units:
            won[chance["assignee_id"]] += Decimal(str(chance["close_value"]))
            customers[chance["assignee_id"]] += 1
    found: list[Row] = []
    for back in range(MONTHS):
        place = today.year * 12 + today.month - 1 - back
        month = date(place // 12, place % 12 + 1, 1)
        for metric, step in STEP.items():
            totals: dict[int, Decimal] = defaultdict(Decimal)
            for person, unit in units.items():
                base = Decimal(customers[person]) if metric == "new_customers" else won[person]
                value = _up(base / TOLD * STRETCH, step)
                totals[unit] += value
                found.append(_row(month, metric, value, by, at) | {"user_id": person, "department_id": None})
            found += [
                _row(month, metric, _up(total, step), by, at) | {"user_id": None, "department_id": unit}
                for unit, total in totals.items()
            ]
    return found


def _up(value: Decimal, step: Decimal) -> Decimal:
    return max((value / step).to_integral_value(ROUND_CEILING), Decimal(1)) * step


def _row(month: date, metric: str, value: Decimal, by: int, at: Any) -> Row:
    stamps = {"created_by": by, "created_at": at, "updated_at": at}
    return {"month": month, "metric": metric, "value": value, **stamps}
