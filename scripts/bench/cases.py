"""What a case is, who asks, and the requests of a sales day that are no list, report or step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import asyncpg

from app.core.tokens import Tokens
from app.demo.bench.bulk import OLD
from scripts.bench.installation import Server

NEW = {"title": "服务器采购", "customer_name": "测试客户", "amount": "120000.00", "source": "phone"}
LEAF = "部门%"
"""The names of the departments that have managers of their own."""


@dataclass(frozen=True)
class Person:
    """Somebody to ask as."""

    id: int
    roles: list[str]
    version: int


@dataclass(frozen=True)
class Ask:
    """One request: a GET, or a POST where it has a body. `{id}` in a path is the id of the answer before."""

    path: str
    body: dict[str, Any] | None = None
    post: bool = False

    @property
    def method(self) -> str:
        """Return the verb."""
        return "POST" if self.post or self.body is not None else "GET"

    @property
    def content(self) -> bytes:
        """Return the body as it is sent."""
        return b"" if self.body is None else json.dumps(self.body).encode()


class Pass:
    """A person's token, signed anew before it ends: a whole run outlasts it."""

    HALF_LIFE = timedelta(minutes=5)

    def __init__(self, tokens: Tokens, person: Person) -> None:
        self.tokens, self.person = tokens, person
        self.token, self.until = "", datetime.min.replace(tzinfo=UTC)

    def __str__(self) -> str:
        """Return the token as it is sent."""
        now = datetime.now(UTC)
        if now >= self.until:
            self.token = self.tokens.issue(self.person.id, self.person.roles, self.person.version, now)
            self.until = now + self.HALF_LIFE
        return self.token


@dataclass(frozen=True)
class Case:
    """What one person asks, again and again; several requests in a row count as one.

    Where a step needs a fresh record, `turns` holds one sequence of requests for each turn.
    """

    name: str
    token: Pass
    turns: Sequence[Sequence[Ask]]
    place: Iterator[int] = field(default_factory=count)

    def next(self) -> Sequence[Ask]:
        """Return what to ask now."""
        return self.turns[next(self.place) % len(self.turns)]

    def bytes(self, ask: Ask, path: str) -> bytes:
        """Return a request as it goes over the wire."""
        head = f"{ask.method} /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.token}\r\n"
        if ask.method == "POST":
            head += f"Content-Type: application/json\r\nContent-Length: {len(ask.content)}\r\n"
        return head.encode() + b"\r\n" + ask.content


MakeCase = Callable[..., Case]


async def people(dsn: str) -> dict[str, Person]:
    """Return one person for each reach; executives are made where the bulk data have none."""
    connection = await asyncpg.connect(dsn, ssl=False)
    await connection.execute(
        "insert into sys_user (usr_name, usr_real_name, usr_flag) values ('bench-executive', '高管', 'active') "
        "on conflict do nothing"
    )
    await connection.execute(
        "insert into sys_user_role select usr_id, role_id from sys_user, sys_role "
        "where usr_name = 'bench-executive' and role_code = 'executive' on conflict do nothing"
    )
    by_role = """
        select usr_id, usr_token_version from sys_user join sys_user_role on ur_user_id = usr_id
        join sys_role on role_id = ur_role_id left join sys_department on dep_id = usr_department_id
        where role_code = $1 and usr_flag = 'active' and coalesce(dep_name, '') like $2 order by usr_id desc limit 1
    """
    found = {}
    for name, role, department in (
        ("all", "executive", ""), ("department", "supervisor", LEAF), ("company by departments", "supervisor", "基准公司"),
        ("own", "manager", LEAF), ("old department", "supervisor", OLD),
    ):  # fmt: skip
        row = await connection.fetchrow(by_role, role, department)
        if row is not None:
            found[name] = Person(row["usr_id"], [role], row["usr_token_version"])
    await connection.close()
    return found


def maker(server: Server, found: dict[str, Person]) -> MakeCase:
    """Return what makes a case of a name, who asks (a key of `people`) and requests."""
    tokens = Tokens(server.secret)
    passes = {name: Pass(tokens, person) for name, person in found.items()}

    def make(name: str, who: str, *asks: Ask, turns: Sequence[Sequence[Ask]] = ()) -> Case:
        return Case(name, passes[who], turns or [asks])

    return make


async def build(server: Server, make: MakeCase) -> list[Case]:
    """Return the cases that are neither lists nor reports nor steps of orders and services."""
    connection = await asyncpg.connect(server.dsn, ssl=False)
    some = await connection.fetchval("select cust_id from cst_customer order by cust_id offset 77 limit 1")
    await connection.close()
    sums = "/chances/summary?group_by=stage&status=assigned"
    return [
        make("customer", "all", Ask(f"/customers/{some}")),
        make("its contacts", "all", Ask(f"/linkmen?customer_id={some}")),
        make("pipeline sums, all", "all", Ask(sums)),
        make("pipeline sums, department", "department", Ask(sums)),
        make("create a chance", "own", Ask("/chances", NEW)),
    ]
