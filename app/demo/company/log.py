"""The history of the demo company's records in the log: written in one statement, from what the rows themselves tell.

Only steps that the rows show the end of are told, and a few changes of facts whose former value nothing contradicts.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Any

from app.core.arrays import arrays
from app.core.audit import writing
from app.core.ctx import Ctx
from app.demo.company.calendar import stream
from app.demo.company.customers import Company, Row
from app.demo.company.orders import Trade
from app.demo.company.sales import Sales, Team

TRANSFERS, LEVELS, REPRICED = 24, 60, 90
"""How many customers came from a colleague, rose a level, and how many orders were moved by some days."""
SETTLED = timedelta(days=30)
"""So long somebody has been a customer before anything of that."""
REASONS = ("区域调整", "客户经理离职交接", "客户要求更换对接人", "按行业重新分工")
BELOW = {"strategic": "partner", "partner": "major", "major": "focus", "focus": "regular"}
TOLD = {
    "chances": ("title", "customer_name", "amount", "source", "importance"),
    "customers": ("name", "region", "industry", "level"),
    "orders": ("date", "address", "contract_no"),
    "services": ("title", "type", "priority"),
}
"""What the first entry of a record says of it."""


async def write(
    ctx: Ctx, seed: int, team: Team, made: list[Company], sales: Sales, trade: Trade, services: list[Row]
) -> int:
    """Write the history; return how many entries it has."""
    rng = stream(seed, "log")
    customers = [company.row for company in made]
    old = [company for company in made if company.row["created_at"] < ctx.now - SETTLED]
    rows = [
        *_chances(sales),
        *_orders(trade, {row["id"] for row in rng.sample(trade.orders, min(REPRICED, len(trade.orders)))}),
        *_services(services),
        *_began("customers", customers),
        *_moved(rng, team, old),
        *_rose(rng, old),
    ]
    rows.sort(key=lambda row: row["log_at"])
    await ctx.session.execute(writing(), arrays(rows))
    return len(rows)


def _row(entity: str, row_id: int, at: Any, actor: int, action: str, changes: dict[str, list[Any]]) -> Row:
    """Return one entry."""
    return {
        "log_at": at, "log_actor_id": actor, "log_action": action, "log_entity": entity, "log_entity_id": row_id,
        "log_changes": changes, "log_ip": None, "log_request_id": None, "log_act_id": None,
    }  # fmt: skip


def _began(entity: str, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        told = {name: [None, row[name]] for name in TOLD[entity] if row.get(name) is not None}
        yield _row(entity, row["id"], row["created_at"], row["created_by"], "create", told)


def _chances(sales: Sales) -> Iterator[Row]:
    """Tell of each chance how it began, was assigned, went through the stages and ended."""
    yield from _began("chances", sales.chances)
    known = {row["id"]: row for row in sales.chances}
    for row in sales.chances:
        if row["assignee_id"]:
            given = {"assignee_id": [None, row["assignee_id"]], "status": ["unassigned", "assigned"]}
            yield _row("chances", row["id"], row["assigned_at"], row["created_by"], "assign", given)
        if row["closed_at"]:
            ended = {name: [None, row[name]] for name in ("closed_on", "close_value", "close_reason") if row[name]}
            ended["status"] = ["assigned", row["status"]]
            yield _row("chances", row["id"], row["closed_at"], row["assignee_id"], "update", ended)
    for chance_id, stays in groupby(sales.stays, key=lambda stay: stay["chance_id"]):
        way = [*stays]
        for before, after in pairwise(way):
            moved = {"stage_id": [before["stage_id"], after["stage_id"]]}
            who = known[chance_id]["assignee_id"] or after["entered_by"]
            yield _row("chances", chance_id, after["entered_at"], who, "update", moved)


def _orders(trade: Trade, moved: set[int]) -> Iterator[Row]:
    """Tell of each order how it was drafted, sometimes moved to another day, confirmed, completed or cancelled."""
    yield from _began("orders", trade.orders)
    for row in trade.orders:
        who, at = row["created_by"], row["confirmed_at"] or row["cancelled_at"]
        if row["id"] in moved and at:
            day = {"date": [row["date"] - timedelta(days=3), row["date"]]}
            yield _row("orders", row["id"], row["created_at"], who, "update", day)
        if at:
            status = "cancelled" if row["cancelled_at"] else "confirmed"
            yield _row("orders", row["id"], at, who, "update", {"status": ["draft", status]})
        if row["completed_at"]:
            done = {"status": ["confirmed", "completed"]}
            yield _row("orders", row["id"], row["completed_at"], who, "update", done)


def _services(services: list[Row]) -> Iterator[Row]:
    yield from _began("services", services)
    for row in services:
        if row["first_assigned_at"]:
            given = {"status": ["created", "assigned"], "assignee_id": [None, row["assignee_id"]]}
            yield _row("services", row["id"], row["first_assigned_at"], row["assigned_by"], "assign", given)
        if row["first_dealt_at"]:
            dealt = {"status": ["assigned", "dealt"]}
            yield _row("services", row["id"], row["first_dealt_at"], row["assignee_id"], "deal", dealt)
        if row["closed_at"] and row["status"] == "archived":
            yield _row(
                "services", row["id"], row["closed_at"], row["closed_by"], "feedback", {"status": ["dealt", "archived"]}
            )


def _moved(rng: Any, team: Team, made: list[Company]) -> Iterator[Row]:
    """Let some customers have come from a colleague, by the supervisor of who has them."""
    for company in rng.sample(made, TRANSFERS):
        boss, own = team.supervisor_of[company.manager], company.manager
        former = rng.choice([one for one, leads in team.supervisor_of.items() if leads == boss and one != own])
        at = company.row["created_at"] + timedelta(days=rng.randint(1, 20), hours=1)
        told = {"manager_id": [former, own], "reason": [None, rng.choice(REASONS)]}
        yield _row("customers", company.row["id"], at, boss, "transfer", told)


def _rose(rng: Any, made: list[Company]) -> Iterator[Row]:
    rising = [company for company in made if company.row.get("level") in BELOW]
    for company in rng.sample(rising, min(LEVELS, len(rising))):
        level = company.row["level"]
        at = company.row["created_at"] + timedelta(days=rng.randint(3, 15), hours=2)
        yield _row("customers", company.row["id"], at, company.manager, "update", {"level": [BELOW[level], level]})
