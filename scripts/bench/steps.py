"""Steps of a day's work: an order written and confirmed, a service given to somebody."""

from __future__ import annotations

import asyncpg

from scripts.bench.cases import Ask, Case, MakeCase, Person
from scripts.bench.installation import Server

LINES = 3
MOST = 2_000
"""Services to go round; each changes hands every time."""
FEWEST = 20
"""With fewer, two of the connections would meet at one service."""
OF_A_TEAM = """
    select svr_id, svr_due_id from cst_service where svr_status in ('created', 'assigned') and svr_manager_id in
    (select m.usr_id from sys_user m join sys_user s using (usr_department_id) where s.usr_id = $1) limit $2
"""
DEALERS = """
    select m.usr_id from sys_user m join sys_user s using (usr_department_id)
    join sys_user_role on ur_user_id = m.usr_id join sys_role on role_id = ur_role_id and role_code = 'manager'
    where s.usr_id = $1 order by m.usr_id
"""


async def build(server: Server, make: MakeCase, people: dict[str, Person]) -> list[Case]:
    """Return the cases that the data allow."""
    connection = await asyncpg.connect(server.dsn, ssl=False)
    mine = "select cust_id from cst_customer where cust_manager_id = $1 and deleted_at is null order by cust_id desc limit 500"
    customers = [row[0] for row in await connection.fetch(mine, people["own"].id)]
    products = [
        row[0] for row in await connection.fetch("select prod_id from product order by prod_id limit $1", LINES)
    ]
    services = await connection.fetch(OF_A_TEAM, people["department"].id, MOST)
    dealers = [row[0] for row in await connection.fetch(DEALERS, people["department"].id)]
    await connection.close()
    found = []
    if customers:
        spoken = {"kind": "phone", "title": "电话沟通"}
        calls = [[Ask("/activities", {"customer_id": customer, **spoken})] for customer in customers]
        found.append(make("log an activity", "own", turns=calls))
    if products and customers:
        lines = [{"product_id": product, "count": 2} for product in products]
        confirm = Ask("/orders/{id}/confirm", post=True)
        orders = [[Ask("/orders", {"customer_id": customer, "lines": lines}), confirm] for customer in customers]
        found.append(make(f"order of {len(lines)} lines, confirmed", "own", turns=orders))
    if len(services) >= FEWEST and len(dealers) > 1:
        found.append(make("assign a service", "department", turns=_rounds(services, dealers)))
    return found


def _rounds(services: list[asyncpg.Record], dealers: list[int]) -> list[list[Ask]]:
    """Hand every service round the team, so that no turn asks for what is so already, even after a refusal."""
    starts = [dealers.index(one["svr_due_id"]) + 1 if one["svr_due_id"] in dealers else 0 for one in services]
    return [
        [
            Ask(
                f"/services/{one['svr_id']}/assign",
                {"assignee_id": dealers[(start + n) % len(dealers)], "reason": "调整"},
            )
        ]
        for n in range(len(dealers))
        for one, start in zip(services, starts, strict=True)
    ]
