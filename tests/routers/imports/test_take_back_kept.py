"""What stays when a run is taken back, and why: nothing that people did since is lost."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.external import importable
from app.models.access.users import User
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.models.orders.orders import Order
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.routers.imports.take_back_rows import DAY, RUN
from tests.routers.imports.test_take_back import all_of_it, back, everything, send

As = Callable[..., Client]
Act = Callable[[Client, dict[str, int], Make, Team], Awaitable[Any]]
EVERYTHING = (
    "departments:read", "departments:write", "users:read", "users:write", "products:read", "products:write",
    "products:cost", "customers:read", "customers:create", "customers:update", "customers:delete", "linkmen:read",
    "linkmen:write", "chances:read", "chances:create", "chances:update", "chances:reopen", "chances:assign",
    "orders:read", "orders:write", "people:read", "activities:read", "activities:write", "storage:read",
    "storage:write", "goals:write", "goals:read", "dict:read", "imports:write", "rbac:write", "services:create",
    "services:read", "recycle:purge",
)  # fmt: skip


async def ids(make: Make) -> dict[str, int]:
    """Return external id -> id of what was imported; shipments are parts of their orders."""
    found: dict[str, int] = {}
    for model in (one for one in importable() if one.__audit_id__ == "id"):
        named = select(model.external_id, model.id).where(model.external_id.is_not(None))
        found |= dict((await make.session.execute(named.execution_options(scoped="all"))).all())
    return found


async def ok(client: Client, method: str, path: str, **body: Any) -> Any:
    versioned = method in {"PATCH", "DELETE"}
    head = {"If-Match": (await client.get(path)).headers["etag"]} if versioned else {}
    answer = await client.request(method, path, json=body or None, headers=head)
    assert answer.status_code < 300, answer.text
    return answer


async def log_in(_client: Client, of: dict[str, int], make: Make, _team: Team) -> None:
    user = await make.session.get_one(User, of["u1"])
    user.last_login_at = make.now()
    await make.session.commit()


async def pay(client: Client, of: dict[str, int], _make: Make, _team: Team) -> None:
    await ok(client, "POST", f"/orders/{of['o1']}/payments", amount="5")


async def goal(client: Client, of: dict[str, int], make: Make, _team: Team) -> None:
    one = {"department_id": of["d2"], "month": f"{make.today:%Y-%m}-01", "metric": "won_amount", "value": "5"}
    await ok(client, "POST", "/goals", goals=[one])


SINCE: dict[str, tuple[Act, dict[str, str]]] = {
    "a customer was renamed": (
        lambda c, of, _m, _t: ok(c, "PATCH", f"/customers/{of['c2']}", name="别的名字", confirm_new=True),
        {"c2": "changed", "u1": "built_upon", "c1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
    "a contact got a telephone": (
        lambda c, of, _m, _t: ok(c, "PATCH", f"/linkmen/{of['l1']}", tel="010-5550 1234"),
        {"l1": "changed", "c1": "built_upon", "u1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
    "a customer got an activity": (
        lambda c, of, _m, _t: ok(c, "POST", "/activities", customer_id=of["c2"], kind="visit", title="电话"),
        {"c2": "built_upon", "c1": "built_upon", "u1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
    "a department got another below it": (
        lambda c, of, _m, _t: ok(c, "POST", "/departments", name="广州", parent_id=of["d1"]), {"d1": "built_upon"},
    ),
    "a department got a goal": (goal, {"d2": "built_upon", "d1": "built_upon"}),
    "a person logged in": (log_in, {"u1": "built_upon", "d2": "built_upon", "d1": "built_upon"}),
    "a product got an attribute": (
        lambda c, of, _m, _t: ok(c, "PATCH", f"/products/{of['p1']}", attributes=[{"name": "口径", "value": "5"}]),
        {"p1": "built_upon", "k1": "built_upon", "k2": "built_upon"},
    ),
    "an order got a payment": (
        pay,
        {"o1": "built_upon", "p1": "built_upon", "k2": "built_upon", "k1": "built_upon", "c1": "built_upon",
         "h1": "built_upon", "u1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
    "an order was deleted": (
        lambda c, of, _m, _t: ok(c, "DELETE", f"/orders/{of['o2']}"),
        {"o2": "deleted", "c2": "built_upon", "c1": "built_upon", "p1": "built_upon", "k2": "built_upon",
         "k1": "built_upon", "u1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
    "an order was cancelled": (
        lambda c, of, _m, _t: ok(c, "POST", f"/orders/{of['o2']}/cancel", reason="错了"),
        {"o2": "closed", "c2": "built_upon", "c1": "built_upon", "p1": "built_upon", "k2": "built_upon",
         "k1": "built_upon", "u1": "built_upon", "d2": "built_upon", "d1": "built_upon"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(SINCE))
async def test_what_came_later_keeps_what_it_needs_and_nothing_else(what: str, team: Team, as_: As, make: Make) -> None:
    act, expected = SINCE[what]
    await all_of_it(as_(team.admin))
    of = await ids(make)
    somebody = as_(await with_rights(make, team, all=EVERYTHING))
    await act(somebody, of, make, team)
    names = {(noun, row_id): name for name, row_id in of.items() for noun in [NOUNS[name[0]]]}
    before = await everything(make)
    found = await back(as_(team.admin))
    assert {names[one["noun"], one["id"]]: one["reason"] for one in found["kept"]} == expected
    assert set((await ids(make)).keys()) == expected.keys()
    left = await everything(make)
    for table in ("cst_activity", "sys_goal", "product_attribute"):
        assert left[table] == [row for row in before[table] if "'atv_external_id': 'a1'" not in row]
    assert await verify.sums(make.ctx) == []


NOUNS = {
    "d": "departments", "u": "users", "k": "product_categories", "p": "products", "c": "customers", "l": "linkmen",
    "h": "chances", "o": "orders", "a": "activities",
    "r": "competitors", "e": "assets", "t": "plans", "s": "services", "v": "losses",
}  # fmt: skip


async def test_what_stays_is_named_in_the_callers_language(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await all_of_it(admin)
    of = await ids(make)
    await ok(as_(await with_rights(make, team, all=EVERYTHING)), "PATCH", f"/customers/{of['c2']}", memo="新")
    found = await admin.post(f"/imports/runs/{RUN}/take-back?dry_run=true", headers={"Accept-Language": "zh"})
    one = next(one for one in found.json()["kept"] if one["id"] == of["c2"] and one["noun"] == "customers")
    number = await make.session.scalar(
        select(Customer.number).where(Customer.id == of["c2"]).execution_options(scoped="")
    )
    assert one == {
        "noun": "customers", "id": of["c2"], "external_id": "c2", "number": number, "name": "南方贸易", "row": 1, "fields": [],
        "reason": "changed", "message": "导入后已有人修改，保持不变。",
    }  # fmt: skip


async def test_fields_that_people_changed_stay_and_the_others_go_back(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    customer = await make.customer(team.manager, external_id="c1", memo="old", tel="1")
    await send(admin, "customers", {"external_id": "c1", "name": customer.name, "memo": "run", "tel": "22 33"})
    await ok(as_(team.manager), "PATCH", f"/customers/{customer.id}", tel="55 66")
    (kept,) = (await back(admin))["kept"]
    assert (kept["fields"], kept["reason"], kept["id"]) == (["tel"], "changed", customer.id)
    now = (await as_(team.manager).get(f"/customers/{customer.id}")).json()
    assert (now["memo"], now["tel"]) == ("old", "55 66")


async def test_who_took_a_life_cycle_further_keeps_all_of_it(team: Team, as_: As, make: Make) -> None:
    admin, product = as_(team.admin), await make.product("甲", price=Decimal(10), external_id="p1")
    draft = await make.order(await make.customer(team.manager), (product, 2), external_id="o1")
    await send(
        admin, "orders", {"external_id": "o1", "memo": "run", "lines": [{"product_external_id": "p1", "count": 7}]}
    )
    await ok(as_(team.manager), "POST", f"/orders/{draft.id}/confirm")
    (kept,) = (await back(admin))["kept"]
    assert (kept["fields"], kept["reason"]) == ([], "changed")
    now = (await as_(team.manager).get(f"/orders/{draft.id}")).json()
    assert (now["status"], now["memo"], now["total"]) == ("confirmed", "run", "70.00")


async def test_pieces_that_left_the_stock_keep_their_order(team: Team, as_: As, make: Make) -> None:
    admin, product = as_(team.admin), await make.product("甲", price=Decimal(10), external_id="p1")
    place = await make.place(product, 5)
    order = await make.order(await make.customer(team.manager), (product, 2), external_id="o1")
    await ok(as_(team.manager), "POST", f"/orders/{order.id}/confirm")
    await send(admin, "orders", {"external_id": "o1", "status": "completed"}, on_conflict="overwrite")
    (kept,) = (await back(admin))["kept"]
    assert (kept["noun"], kept["reason"]) == ("orders", "shipped")
    there = (await as_(team.manager).get(f"/storage/{place.id}")).json()
    assert (there["count"], there["reserved"]) == (3, 0)
    assert await verify.sums(make.ctx) == []


async def test_a_value_that_somebody_else_has_by_now_stays_theirs(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    product = await make.product("甲", code="A-1", external_id="p1")
    await send(admin, "products", {"external_id": "p1", "name": "甲", "code": "A-2"})
    other = await make.product("乙", code="A-1")
    (kept,) = (await back(admin))["kept"]
    assert (kept["fields"], kept["reason"]) == (["code"], "taken")
    codes = await make.session.execute(select(Product.id, Product.code))
    assert dict(codes.all()) == {product.id: "A-2", other.id: "A-1"}


async def test_what_was_named_before_and_is_gone_is_not_named_again(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    category = (await admin.post("/product-categories", json={"name": "旧"})).json()
    await make.product("甲", external_id="p1", category_id=category["id"])
    await send(admin, "products", {"external_id": "p1", "name": "甲", "category_external_id": None})
    await ok(admin, "DELETE", f"/product-categories/{category['id']}")
    (kept,) = (await back(admin))["kept"]
    assert (kept["fields"], kept["reason"]) == (["category_id"], "lost")


async def test_nothing_is_hung_below_itself_again(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    above = (await admin.post("/product-categories", json={"name": "上"})).json()
    below = {"name": "下", "parent_id": above["id"], "external_id": "k9"}
    below = (await admin.post("/product-categories", json=below)).json()
    await send(admin, "product-categories", {"external_id": "k9", "name": "下", "parent_external_id": None})
    await ok(admin, "PATCH", f"/product-categories/{above['id']}", parent_id=below["id"])
    (kept,) = (await back(admin))["kept"]
    assert (kept["fields"], kept["reason"]) == (["parent_id"], "built_upon")


async def test_people_and_roles_go_back_by_the_rules_of_people(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    chief = await make.user("admin", external_id="u7")
    await send(
        admin, "users", {"external_id": "u7", "user_name": chief.user_name, "name": chief.name, "roles": ["manager"]}
    )
    importer = as_(await with_rights(make, team, all=("imports:write",)))
    (kept,) = (await back(importer, dry_run=True))["kept"]
    assert (kept["noun"], kept["id"], kept["reason"]) == ("users", chief.id, "forbidden")
    assert (await back(admin))["kept"] == []
    roles = (await admin.get(f"/users/{chief.id}")).json()["roles"]
    assert roles == ["admin"]


async def test_the_primary_contact_before_is_it_again_unless_there_is_another(team: Team, as_: As, make: Make) -> None:
    admin, customer = as_(team.admin), await make.customer(team.manager, external_id="c1")
    first = await make.linkman(customer, "第一", is_primary=True)
    row = {"external_id": "l1", "name": "第二", "customer_external_id": "c1", "is_primary": True}
    await send(admin, "linkmen", row)
    assert (await back(admin))["kept"] == []
    primary = select(Linkman.id).where(Linkman.is_primary).execution_options(scoped="all")
    assert list(await make.session.scalars(primary)) == [first.id]
    other = str(uuid4())
    await send(admin, "linkmen", row, run=other)
    await ok(as_(team.manager), "POST", "/linkmen", name="第三", customer_id=customer.id, is_primary=True)
    kept = (await back(admin, other))["kept"]
    assert {one["reason"] for one in kept} <= {"changed", "taken"}
    assert len(list(await make.session.scalars(primary))) == 1


async def test_a_payment_goes_by_itself(team: Team, as_: As, make: Make) -> None:
    admin, product = as_(team.admin), await make.product("甲", price=Decimal(10), external_id="p1")
    order = await make.order(await make.customer(team.manager), (product, 9), external_id="o1")
    await ok(as_(team.manager), "POST", f"/orders/{order.id}/confirm")
    await send(admin, "orders", {"external_id": "o1", "payments": [{"date": DAY, "amount": "20"}]})
    await ok(as_(team.manager), "POST", f"/orders/{order.id}/payments", amount="7")
    assert (await back(admin))["kept"] == []
    now = (await as_(team.manager).get(f"/orders/{order.id}")).json()
    assert (now["paid"], [one["amount"] for one in now["payments"]]) == ("7.00", ["7.00"])
    assert await make.session.scalar(select(Order.paid).execution_options(scoped="all")) == Decimal(7)
