"""The answer to a write names the nouns that it changed: no fewer than the log tells of the request."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from api.document import SHOWN as BY_READ
from app.core.db import Base
from app.core.touched import noun_of
from app.models.base.audit import LogEntry
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
HEADER = "Cache-Group-Invalidation"
SHOWN = {noun for nouns in BY_READ.values() for noun in nouns}
NOBODY_S = {
    "LoginCounter": "tries of a password, counted for the throttle",
    "ChanceSum": "follows chances", "OrderSum": "follows orders", "OrderTotal": "follows orders",
    "CustomerNorm": "holds a name while twins are looked for", "LogEntry": "tells of other nouns",
    "RefreshToken": "nothing reads it", "OneTimeLink": "nothing reads it", "LoginAttempt": "nothing reads it",
    "IdempotentAnswer": "nothing reads it", "Change": "programs alone ask for it, with a cursor", "Right": "migrations alone write it",
}  # fmt: skip


def named(answer: Any) -> set[str]:
    """Return the nouns of an answer."""
    assert answer.status_code < 300, answer.text
    return {one.strip('"') for one in answer.headers.get(HEADER, "").split(", ") if one}


async def logged(make: Make, answer: Any) -> set[str]:
    """Return the nouns of the log rows of a request."""
    of_it = select(LogEntry.entity).where(LogEntry.request_id == answer.headers["X-Request-ID"])
    return set(await make.session.scalars(of_it))


def test_every_table_belongs_to_a_noun_or_to_nobody() -> None:
    assert {one.class_.__name__ for one in Base.registry.mappers if not noun_of(one.class_)} == NOBODY_S.keys()


async def test_a_confirmed_order_names_the_churn_that_it_ends(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager, status="warning")
    await make.loss(customer)
    product = await make.product(price=Decimal(1))
    await make.place(product, 5)
    order = await make.order(customer, (product, 1))
    answer = await as_(team.manager).post(f"/orders/{order.id}/confirm")
    assert named(answer) == {"orders", "losses", "customers", "storage"}
    assert await logged(make, answer) <= named(answer)


async def test_a_renamed_customer_names_the_chances_that_bear_its_name(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    await make.chance(team.manager, team.manager, customer_id=customer.id, customer_name=customer.name)
    manager = as_(team.manager)
    answer = await manager.patch(f"/customers/{customer.id}", json={"name": "新名"}, headers={"If-Match": '"1"'})
    assert named(answer) == await logged(make, answer) == {"customers", "chances"}
    same = await manager.patch(f"/customers/{customer.id}", json={"name": "新名"}, headers={"If-Match": '"2"'})
    assert named(same) == set()


async def test_a_won_chance_names_all_that_it_makes(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager, team.manager, linkman="张三")
    await make.plan(chance, date=make.today + timedelta(days=1))
    body = {"close_value": "1", "create_customer": True}
    answer = await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)
    assert await logged(make, answer) <= named(answer)
    assert {"chances", "customers", "linkmen", "plans"} <= named(answer)


async def test_what_a_derived_date_moves_is_named_though_no_log_tells_of_it(team: Team, as_: As, make: Make) -> None:
    customer = await make.customer(team.manager)
    answer = await as_(team.manager).post(
        "/activities", json={"customer_id": customer.id, "title": "x", "kind": "phone"}
    )
    assert (await logged(make, answer), named(answer)) == ({"activities"}, {"activities", "customers"})


async def test_many_at_once_and_a_repeated_request_name_the_same(team: Team, as_: As, make: Make) -> None:
    chance = await make.chance(team.manager)
    body = {"items": [{"id": chance.id, "version": 1}], "assignee_id": team.colleague.id}
    boss = as_(team.supervisor)
    answers = [
        await boss.post("/chances/bulk-assign", json=body, headers={"Idempotency-Key": "once"}) for _ in range(2)
    ]
    assert [named(answer) for answer in answers] == [{"chances", "notices"}] * 2
    assert answers[1].headers["Idempotent-Replay"] == "true"


async def test_a_write_that_comes_too_late_names_the_noun_that_its_caller_saw_otherwise(
    team: Team, as_: As, make: Make
) -> None:
    customer, manager = await make.customer(team.manager), as_(team.manager)
    late = await manager.patch(f"/customers/{customer.id}", json={"name": "新名"}, headers={"If-Match": '"7"'})
    gone = await manager.delete("/chances/999999", headers={"If-Match": '"1"'})
    order = await make.order(customer, status="cancelled")
    closed = await manager.post(f"/orders/{order.id}/confirm")
    assert [(one.status_code, one.headers[HEADER]) for one in (late, gone, closed)] == [
        (412, '"customers"'), (404, '"chances"'), (409, '"orders"'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "noun"),
    [
        ("periodic-reports/99", "periodic"), ("product-categories/99", "product_categories"), ("roles/99", "rbac"),
        ("recycle-bin/orders/99/purge", "orders"), ("users/99", "users"), ("dict/9999", "dict"),
    ],
)  # fmt: skip
async def test_the_noun_of_what_is_gone_is_the_one_that_its_reads_show(
    path: str, noun: str, team: Team, as_: As
) -> None:
    headers = {"If-Match": '"1"'}
    answers = [
        await as_(one).request(method, f"/{path}", json={"confirm": "x"} if method == "POST" else {}, headers=headers)
        for one in (team.admin, team.supervisor)
        for method in ("DELETE", "PATCH", "POST")
    ]
    assert noun in SHOWN
    assert {one.headers.get(HEADER) for one in answers if one.status_code == 404} == {f'"{noun}"'}


async def test_what_was_typed_wrong_names_nothing_and_neither_does_a_read_of_what_is_gone(
    team: Team, as_: As, make: Make
) -> None:
    customer, manager = await make.customer(team.manager), as_(team.manager)
    wrong = await manager.patch(f"/customers/{customer.id}", json={"name": ""}, headers={"If-Match": '"1"'})
    gone = await manager.get("/customers/999999")
    assert [(one.status_code, HEADER in one.headers) for one in (wrong, gone)] == [(422, False), (404, False)]


async def test_a_list_of_writes_names_the_noun_though_each_row_was_refused(team: Team, as_: As, make: Make) -> None:
    chance, customer = await make.chance(team.manager), await make.customer(team.manager)
    boss = as_(team.supervisor)
    late = {"items": [{"id": chance.id, "version": 7}], "assignee_id": team.colleague.id}
    assert named(await boss.post("/chances/bulk-assign", json=late)) == {"chances"}
    late = {"items": [{"id": customer.id, "version": 7}], "manager_id": team.colleague.id, "reason": "x"}
    assert named(await boss.post("/customers/bulk-transfer", json=late | {"chance_ids": [], "service_ids": []})) == {
        "customers"
    }


async def test_a_read_names_nothing(team: Team, as_: As) -> None:
    assert HEADER not in (await as_(team.manager).get("/customers")).headers
