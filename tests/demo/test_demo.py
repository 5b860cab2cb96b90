"""The demo company is what domain section 8 promises, number by number."""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from app.core import nouns
from app.core.creditcode import checked
from app.core.errors import Conflict
from app.demo.company import fill as demo
from app.demo.company.calendar import new_year_distance, working
from app.models.access.users import User
from app.models.customers.customer_norms import norm
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.demo_company import DAYS, demo_company
from tests.factories.make import Make
from tests.factories.team import Team

pytestmark = pytest.mark.xdist_group("the demo company")

As = Callable[..., Client]
ZONE = ZoneInfo("Asia/Shanghai")
TABS = ("mine", "created", "unassigned", "due", "stale", "succeeded", "failed")
OPTIONAL = {
    Customer: (
        "short_name region industry size employees founded_year source level satisfaction credit address zip tel fax "
        "website email credit_code legal_representative registered_capital turnover bank bank_account payment_days"
    ),
    Linkman: "sex position tel mobile email wechat birthday hobby decision_role",
    Chance: "source linkman tel description product_id",
}


@pytest_asyncio.fixture(loop_scope="session")
async def company(request: pytest.FixtureRequest, make: Make) -> SimpleNamespace:
    """Return an installation that was filled, as if on this day."""
    return await demo_company(make, getattr(request, "param", None))


async def test_people_chances_and_customers_are_as_many_as_promised(company: Any) -> None:
    assert len(company.users) == 12
    assert all(user.is_demo and user.password is None for user in company.users)
    assert [user.name for user in company.users if user.flag == "disabled"] == ["郑凯"]
    assert (len(company.customers), len(company.chances)) == (400, 1500)
    states = Counter(chance.status for chance in company.chances)
    assert states == {"unassigned": 90, "assigned": 270, "succeeded": 630, "failed": 510}
    gone = next(user for user in company.users if user.flag == "disabled")
    assert any(chance.assignee_id == gone.id and chance.status == "assigned" for chance in company.chances)
    assert company.settings["demo.enabled"] is True
    assert company.faults == []


@pytest.mark.parametrize("company", DAYS, indirect=True)
async def test_each_person_has_items_overdue_and_for_today(company: Any) -> None:
    owner = {chance.id: chance.assignee_id for chance in company.chances}
    late, due = Counter(), Counter()
    for plan in company.plans:
        if plan.status == "open":
            late[owner[plan.chance_id]] += plan.date < company.today
            due[owner[plan.chance_id]] += plan.date == company.today
    workers = {chance.assignee_id for chance in company.chances if chance.status == "assigned"}
    assert len(workers) == 10
    assert all(2 <= late[person] <= 4 and 3 <= due[person] <= 5 for person in workers)
    closed = {chance.id for chance in company.chances if chance.closed_on}
    assert not [plan for plan in company.plans if plan.status == "open" and plan.chance_id in closed]


async def test_amounts_are_lognormal_and_few_customers_buy_most(company: Any) -> None:
    amounts = [float(chance.amount) for chance in company.chances]
    assert min(amounts) >= 10_000
    assert 1_500_000 < max(amounts) <= 3_000_000
    assert statistics.mean(amounts) > 1.4 * statistics.median(amounts)
    won: Counter[int] = Counter()
    for chance in company.chances:
        if chance.status == "succeeded":
            won[chance.customer_id] += chance.close_value
    top = sum(value for _, value in won.most_common(80))
    assert Decimal("0.745") <= top / sum(won.values()) <= Decimal("0.805")


@pytest.mark.parametrize("company", DAYS, indirect=True)
async def test_business_follows_the_seasons(company: Any) -> None:
    closed = [chance.closed_on for chance in company.chances if chance.closed_on]
    first, last = min(closed), max(closed)
    assert company.today - timedelta(days=12) <= last < company.today
    assert first <= company.today - timedelta(days=365 * 3 - 30)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    ends = [day for day in days if day.month % 3 == 0 and day.day > 10]
    quiet = [day for day in days if new_year_distance(day) in range(-10, 15) or (day.month == 10 and day.day < 15)]
    count, usual = Counter(closed), len(closed) / len(days)
    assert sum(count[day] for day in ends) / len(ends) > 1.3 * usual
    assert sum(count[day] for day in quiet) / len(quiet) < 0.5 * usual


@pytest.mark.parametrize("company", DAYS, indirect=True)
async def test_everything_happens_in_working_hours_and_in_order(company: Any) -> None:
    moments = [m for c in company.chances for m in (c.opened_at, c.assigned_at, c.closed_at, c.created_at) if m]
    moments += [activity.at for activity in company.activities] + [p.done_at for p in company.plans if p.done_at]
    moments += [stay.entered_at for stay in company.stays] + [c.created_at for c in company.customers]
    local = [moment.astimezone(ZONE) for moment in moments]
    assert all(working(moment.date()) and 9 <= moment.hour < 18 for moment in local)
    assert max(moments) < company.now
    for chance in company.chances:
        assert chance.opened_at <= (chance.assigned_at or chance.opened_at) <= (chance.closed_at or company.now)
    stays = defaultdict(list)
    for stay in company.stays:
        stays[stay.chance_id].append(stay)
    for chance in company.chances:
        mine = stays[chance.id]
        assert mine[0].entered_at == chance.opened_at
        assert [stay.left_at for stay in mine[:-1]] == [stay.entered_at for stay in mine[1:]]
        assert (mine[-1].stage_id, mine[-1].left_at) == (chance.stage_id, chance.closed_at)


async def test_names_and_codes_are_invented_but_valid(company: Any) -> None:
    assert all(re.search(r"公司$", customer.name) for customer in company.customers)
    codes = [customer.credit_code for customer in company.customers if customer.credit_code]
    assert len({checked(code) for code in codes}) == len(codes) > 200
    mobiles = [linkman.mobile for linkman in company.linkmen if linkman.mobile]
    assert all(re.fullmatch(r"1380000\d{4}", mobile) for mobile in mobiles)
    mails = [row.email for row in [*company.users, *company.customers, *company.linkmen] if row.email]
    assert all(mail.endswith("example.com") for mail in mails)
    assert sum(len(customer.name) == 40 for customer in company.customers) >= 3
    assert len({customer.parent_id for customer in company.customers if customer.parent_id}) == 3
    cores = Counter(norm(customer.name) for customer in company.customers)
    assert Counter(cores.values()) == {1: 376, 2: 12}
    for one, other in combinations([c.name for c in company.customers if cores[norm(c.name)] == 2], 2):
        assert one != other


async def test_three_in_ten_optional_fields_are_empty(company: Any) -> None:
    for model, names in OPTIONAL.items():
        found = {Customer: company.customers, Linkman: company.linkmen, Chance: company.chances}[model]
        empty = [getattr(row, name) is None for row in found for name in names.split()]
        assert 0.27 <= sum(empty) / len(empty) <= 0.33, model
    primary = Counter(linkman.customer_id for linkman in company.linkmen if linkman.is_primary)
    assert set(primary.values()) == {1}
    assert len(primary) == 400


async def test_each_customer_s_last_contact_is_its_newest_activity(company: Any) -> None:
    newest: dict[int, Any] = {}
    for activity in company.activities:
        newest[activity.customer_id] = max(newest.get(activity.customer_id, activity.at), activity.at)
    assert {c.id: c.last_activity_at for c in company.customers if c.last_activity_at} == newest
    origins = [customer for customer in company.customers if customer.origin_chance_id]
    assert len(origins) >= 20


@pytest_asyncio.fixture(loop_scope="session")
async def filled(make: Make) -> AsyncIterator[dict[str, User]]:
    """Fill for today; return the people by name."""
    make.session.info["ctx"] = make.ctx
    await demo.fill(make.ctx)
    await make.session.commit()
    yield {user.name: user for user in await make.session.scalars(select(User))}


async def test_every_tab_of_every_person_has_something(filled: dict[str, User], as_: As) -> None:
    roles = {"陈晓东": "supervisor", "王丽华": "supervisor", "林建国": "executive"}
    for name, person in filled.items():
        role = roles.get(name, "manager")
        if name == "周敏" or person.flag == "disabled":
            continue
        person.roles = (role,)
        client = as_(person)
        for tab in TABS if role != "executive" else set(TABS) - {"mine", "created"}:
            assert (await client.get(f"/chances?tab={tab}&limit=1")).json()["total"], (name, tab)
        for path in ("/customers", "/linkmen", "/activities", "/plans?bucket=overdue", "/plans?bucket=today"):
            assert (await client.get(path)).json()["total"], (name, path)


BIN = tuple(f"/recycle-bin?type={code}" for code, noun in nouns.known().items() if noun.binned)
PAGES = {
    "周敏": ("admin", ("/audit", "/users", "/products", "/storage", "/arrivals", "/dict", *BIN)),
    "林建国": ("executive", ("/periodic-reports", "/orders", "/losses", "/services", "/notices", "/competitors")),
    "陈晓东": (
        "supervisor",
        ("/periodic-reports?status=draft", "/periodic-reports?status=issued", "/losses", "/services", "/orders", *BIN),
    ),
    "王丽华": (
        "supervisor",
        ("/periodic-reports?status=draft", "/periodic-reports?status=issued", "/losses", "/services", "/orders", *BIN),
    ),
    "张明": ("manager", ("/services", "/orders", "/competitors", "/recycle-bin?type=linkmen")),
}
"""What the menu leads to, beside what everybody who sells has."""


async def test_no_page_of_the_menu_is_empty(filled: dict[str, User], as_: As) -> None:
    empty = []
    for name, (role, paths) in PAGES.items():
        filled[name].roles = (role,)
        client = as_(filled[name])
        for path in paths:
            answer = await client.get(path)
            assert answer.status_code == 200, (path, answer.text)
            found = answer.json()
            empty += [] if (found if isinstance(found, list) else found["items"]) else [(name, path)]
    assert not empty


async def test_there_is_something_of_every_noun(filled: dict[str, User], as_: As) -> None:
    """Somebody of them sees a row in the list of each: no page that a noun has is empty for all."""
    seen = set()
    for name, (role, _) in PAGES.items():
        filled[name].roles = (role,)
        for code in nouns.known():
            answer = await as_(filled[name]).get(f"/{code.replace('_', '-')}")
            assert answer.status_code in {200, 403}, (code, answer.text)
            seen |= {code} if answer.status_code == 200 and answer.json()["items"] else set()
    assert seen == nouns.known().keys()


async def test_the_log_in_page_lists_the_people_who_may_come_in(
    filled: dict[str, User], client: httpx.AsyncClient
) -> None:
    state = (await client.get("/api/v1/auth/state")).json()
    assert state["demo"] is True
    assert len(state["people"]) == len(filled) - 1


class TestHistory:
    @pytest.mark.parametrize("company", DAYS, indirect=True)
    async def test_every_record_s_history_begins_with_its_beginning_and_nothing_is_still_to_come(
        self, company: Any
    ) -> None:
        first: dict[tuple[str, int], Any] = {}
        for entry in company.log:
            first.setdefault((entry.entity, entry.entity_id), entry)
        for noun in ("chances", "customers", "orders", "services"):
            for row in getattr(company, noun):
                began = first[noun, row.id]
                assert (began.action, began.at) == ("create", row.created_at)
        latest = dict[tuple[str, int], Any]()
        for entry in company.log:
            key = (entry.entity, entry.entity_id)
            assert latest.get(key, entry.at) <= entry.at
            latest[key] = entry.at
        assert all(entry.at <= company.now for entry in company.log)

    async def test_histories_tell_of_moves_transfers_and_changed_orders(self, company: Any) -> None:
        told = Counter((entry.entity, entry.action, name) for entry in company.log for name in entry.changes)
        assert told["chances", "update", "stage_id"] > 1000
        assert told["customers", "transfer", "manager_id"] == 24
        assert told["orders", "update", "date"] >= 80
        owners = {customer.id: customer.manager_id for customer in company.customers}
        moves = [entry for entry in company.log if entry.action == "transfer"]
        assert all(entry.changes["manager_id"][1] == owners[entry.entity_id] for entry in moves)

    async def test_months_have_reports_and_the_last_one_a_draft(self, company: Any) -> None:
        states = Counter((report.month, report.status) for report in company.reports)
        months = sorted({report.month for report in company.reports})
        assert len(months) == 3
        assert states == {(months[0], "issued"): 2, (months[1], "issued"): 2, (months[2], "draft"): 2}
        assert all(report.comment for report in company.reports)
        assert len({report.department_id for report in company.reports}) == 2


class TestDoor:
    async def test_an_administrator_fills_an_empty_installation_once(self, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/demo")
        assert answer.status_code == 200
        assert answer.json()["customers"] == 400
        again = await as_(team.admin).post("/demo")
        assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")

    async def test_real_data_is_not_mixed_with_invented(self, team: Team, as_: As, make: Make) -> None:
        await make.customer(team.manager)
        assert (await as_(team.admin).post("/demo")).status_code == 409
        with pytest.raises(Conflict):
            await demo.fill(make.ctx)

    async def test_only_who_may_change_settings(self, team: Team, as_: As) -> None:
        assert (await as_(team.supervisor).post("/demo")).status_code == 403


class TestOrders:
    async def test_what_was_won_is_ordered_and_customers_come_again(self, company: Any) -> None:
        orders = company.orders
        won = {chance.id for chance in company.chances if chance.status == "succeeded"}
        assert {order.chance_id for order in orders} - {None} == won
        assert company.counts["orders"] == len(orders) > 2 * len(won)
        states = Counter(order.status for order in orders)
        assert states["completed"] > 0.9 * len(orders)
        assert min(states[name] for name in ("draft", "confirmed", "cancelled")) >= 5
        paying = Counter(order.payment_state for order in orders if order.status == "completed")
        assert paying["paid"] > 0.85 * states["completed"]
        assert min(paying["partial"], paying["unpaid"]) >= 10
        assert all(order.date <= company.today for order in orders)

    @pytest.mark.parametrize("company", DAYS, indirect=True)
    async def test_each_customer_knows_its_last_order_and_some_stopped_coming(self, company: Any) -> None:
        newest: dict[int, Any] = {}
        for order in company.orders:
            if order.status in {"confirmed", "completed"}:
                newest[order.customer_id] = max(order.date, newest.get(order.customer_id, order.date))
        assert {c.id: c.last_order_date for c in company.customers if c.last_order_date} == newest
        old = [day for day in newest.values() if day < company.today - timedelta(days=180)]
        assert 0.05 < len(old) / len(newest) < 0.4

    async def test_devices_lie_in_stock_and_one_is_scarce(self, company: Any) -> None:
        places = company.storage
        assert len(places) == 8
        assert sum(place.reserved for place in places) > 0
        changes = Counter()
        for change in company.changes:
            changes[change.storage_id] += change.change
        assert all(changes[place.id] == place.count for place in places)
