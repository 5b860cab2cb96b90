"""What is measured: the requests of a sales day at the sizes where other systems get slow."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg

from app.core.cursor import digest, encode
from app.core.tokens import Tokens
from app.services.demo_bulk import OLD
from scripts.bench.installation import Server

RANK = 50_000
NEW = {"title": "服务器采购", "customer_name": "测试客户", "amount": "120000.00", "source": "phone"}


@dataclass(frozen=True)
class Person:
    """Somebody to ask as."""

    id: int
    roles: list[str]
    version: int


@dataclass(frozen=True)
class Case:
    """One request, as whom."""

    name: str
    person: Person
    path: str
    body: dict[str, Any] | None
    token: str

    def request(self) -> Callable[[], bytes]:
        """Return what makes the bytes of the next request."""
        data = json.dumps(self.body).encode() if self.body else b""
        method = "POST" if self.body else "GET"
        head = f"{method} /api/v1{self.path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.token}\r\n"
        if data:
            head += f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n"
        ready = head.encode() + b"\r\n" + data
        return lambda: ready


async def people(server: Server) -> dict[str, Person]:
    """Return one person for each reach; executives are made where the bulk data have none."""
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""), ssl=False)
    await connection.execute(
        "insert into sys_user (usr_name, usr_real_name, usr_flag) values ('bench-executive', '高管', 'active') "
        "on conflict do nothing"
    )
    await connection.execute(
        "insert into sys_user_role select usr_id, role_id from sys_user, sys_role "
        "where usr_name = 'bench-executive' and role_code = 'executive' on conflict do nothing"
    )
    by_role = """
        select usr_id, usr_token_version, role_code from sys_user join sys_user_role on ur_user_id = usr_id
        join sys_role on role_id = ur_role_id left join sys_department on dep_id = usr_department_id
        where role_code = $1 and usr_flag = 'active' and (dep_name = $2) is not distinct from $3 order by usr_id desc limit 1
    """
    found = {}
    wanted = (("executive", "executive", None), ("supervisor", "supervisor", False), ("manager", "manager", False))
    for name, role, old in (*wanted, ("old department", "supervisor", True)):
        row = await connection.fetchrow(by_role, role, OLD, old)
        if row is not None:
            found[name] = Person(row["usr_id"], [role], row["usr_token_version"])
    await connection.close()
    return found


async def build(server: Server, found: dict[str, Person]) -> list[Case]:
    """Return the cases; the deep page's cursor is made for the row at that rank."""
    connection = await asyncpg.connect(server.url.replace("+asyncpg", ""), ssl=False)
    some = await connection.fetchval("select cust_id from cst_customer order by cust_id offset 77 limit 1")
    word = (await connection.fetchval("select cust_name from cst_customer order by cust_id offset 99 limit 1"))[2:4]
    deep = await connection.fetchrow(
        "select created_at, cust_id from cst_customer where deleted_at is null "
        "order by created_at desc, cust_id desc offset $1 limit 1",
        RANK,
    )
    await connection.close()
    cursor = encode("-created_at", digest({}), deep["created_at"], deep["cust_id"])
    tokens = Tokens(server.secret)

    def case(name: str, who: str, path: str, body: dict[str, Any] | None = None) -> Case:
        person = found[who]
        return Case(name, person, path, body, tokens.issue(person.id, person.roles, person.version, datetime.now(UTC)))

    return [
        case("customers, all, with total", "executive", "/customers?limit=50"),
        case("customers, one manager", "manager", "/customers?limit=50"),
        case("customers, one department", "supervisor", "/customers?limit=50"),
        case("customers, old department", "old department", "/customers?limit=50"),
        case(f"customers, rank {RANK:,}", "executive", f"/customers?limit=50&cursor={cursor}"),
        case("part of a Chinese name", "executive", f"/customers?limit=20&q={_quoted(word)}"),
        case("customer", "executive", f"/customers/{some}"),
        case("its contacts", "executive", f"/linkmen?customer_id={some}"),
        case("pipeline sums, all", "executive", "/chances/summary?group_by=stage&status=assigned"),
        case("pipeline sums, department", "supervisor", "/chances/summary?group_by=stage&status=assigned"),
        case("create a chance", "manager", "/chances", NEW),
    ]


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
