"""The service analysis: every number is computed again from the rows in plain Python, also where filters cross."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.care.services import Service
from app.models.customers.customers import Customer
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import Row, Wanted, agree, broken_down, groups
from tests.factories.questions import Crew, Question, build_crew, local, moment, questions, regions, stored
from tests.factories.team import Team

As = Callable[..., Client]
STATES = ("created", "assigned", "dealt", "archived")
MEASURES = ("count", "assign_hours", "deal_hours", "satisfaction", "rated", "once", "once_rate", "overdue")
TYPES = ("inquiry", "complaint", "request")
CATEGORIES = ("billing", "delivery", None)


async def served(make: Make, crew: Crew) -> list[int]:
    """Make services of four people in every state, with every kind of gap; return the ids of the products."""
    luck = random.Random(27)  # noqa: S311  test data
    products = [(await make.product(name)).id for name in ("产品甲", "产品乙")]
    customers = [await make.customer(luck.choice(crew.sellers), region=region) for region in ("east", "south", None)]
    for _ in range(200):
        status = luck.choice(["created", "assigned", "dealt", "archived", "archived", "void"])
        opened, person = moment(luck), luck.choice(crew.sellers)
        assigned = opened + timedelta(minutes=luck.randrange(6000)) if status != "created" else None
        reopened = luck.choice([0, 0, 1]) if status in {"assigned", "dealt", "archived"} else 0
        dealt = assigned + timedelta(minutes=luck.randrange(9000)) if assigned and (
            reopened or status in {"dealt", "archived"}) else None  # fmt: skip
        facts: dict[str, Any] = {
            "type": luck.choice(TYPES), "category": luck.choice(CATEGORIES), "product_id": luck.choice([*products, None]),
            "status": status, "opened_at": opened, "first_assigned_at": assigned, "first_dealt_at": dealt,
            "deadline": luck.choice([None, opened + timedelta(hours=luck.randrange(200)), make.now() + timedelta(9)]),
            "satisfaction": luck.choice([3, 4, 5, None]) if status == "archived" else 2 if reopened else None,
            "reopen_count": reopened, "deleted_at": make.ctx.now if luck.random() < 0.1 else None,
        }  # fmt: skip
        await make.service(luck.choice(customers), person if assigned else None, **facts)
    return products


def mean(values: list[Any]) -> Decimal | None:
    """Return the mean; of nothing there is none."""
    return sum((Decimal(value) for value in values), Decimal(0)) / len(values) if values else None


def measured(rows: list[Service], now: datetime) -> list[Any]:
    """Return the measures of some services."""

    def hours(name: str) -> list[Any]:
        spans = [getattr(one, name) - one.opened_at for one in rows if getattr(one, name)]
        return [Decimal(int(span.total_seconds())) / 3600 for span in spans]

    stars = [one.satisfaction for one in rows if one.satisfaction and one.status != "dealt"]
    archived = [one for one in rows if one.status == "archived"]
    once = [one for one in archived if not one.reopen_count]
    late = [
        one for one in rows if one.deadline
        and ((one.status in {"created", "assigned"} and one.deadline < now)
             or (one.first_dealt_at and one.first_dealt_at > one.deadline))
    ]  # fmt: skip
    rate = Decimal(100) * len(once) / len(archived) if archived else None
    return [
        len(rows), mean(hours("first_assigned_at")), mean(hours("first_dealt_at")), mean(stars), len(stars), len(once),
        rate, len(late),
    ]  # fmt: skip


def by_state(rows: list[Service], _whole: list[Service]) -> list[int]:
    return [len(rows), *(sum(one.status == state for one in rows) for state in STATES)]


def repeats(rows: list[Service]) -> tuple[int, Wanted]:
    """Return how many pairs of customer and type there are twice at least, and their table."""
    pairs = {
        pair: n for pair, n in Counter((one.customer_id, one.type) for one in rows).items() if n > 1
    }  # fmt: skip
    kinds = sorted({kind for _, kind in pairs})
    found: dict[int, list[int]] = {}
    for (customer, kind), n in pairs.items():
        cells = found.setdefault(customer, [0] * (1 + len(kinds)))
        cells[0], cells[1 + kinds.index(kind)] = cells[0] + n, n
    total = [sum(cells[place] for cells in found.values()) for place in range(1 + len(kinds))]
    return len(pairs), Wanted(("count", *kinds), {str(key): Row(cells) for key, cells in found.items()}, total)


def months(now: list[Service], before: list[Service], question: Question, cells: Any) -> dict[str, Row]:
    """Return by month its row and, where the period is a whole month, that of the month before."""
    whole = question.days.first.day == 1
    earlier = cells(before, before) if whole else None
    return {key: Row(cells(rows, now), earlier) for key, rows in groups(now, month_of).items()}


def month_of(one: Service) -> str:
    return f"{local(one.opened_at):%Y-%m}"


class TestService:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await served(make, crew)
        for question in questions(crew):
            await self.agrees(make, question, as_, {})

    async def test_category_product_and_type_cross_each_other(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        product, other = await served(make, crew)
        one, *_ = questions(crew)
        region = replace(one, filters={"region": "east"})
        for question, also in (
            (one, {"category": "billing"}), (one, {"product_id": product}), (one, {"type": "complaint"}),
            (one, {"category": "delivery", "product_id": other}), (region, {"category": "billing", "type": "inquiry"}),
            (one, {"category": "none of these"}),
        ):  # fmt: skip
            await self.agrees(make, question, as_, also)

    @staticmethod
    async def agrees(make: Make, question: Question, as_: As, also: dict[str, Any]) -> None:
        region = await regions(make, Customer)
        mine = [
            one for one in await stored(make, Service)
            if one.deleted_at is None and one.status != "void"
            and question.counts(one.assignee_id or one.manager_id, region(one.customer_id))
            and all(getattr(one, name) == value for name, value in also.items())
        ]  # fmt: skip
        now, before = [
            [one for one in mine if inside(local(one.opened_at))]
            for inside in (question.days.now, question.days.before)
        ]

        def cells(rows: list[Service], _whole: list[Service]) -> list[Any]:
            return measured(rows, make.now())

        def table(name: str) -> Wanted:
            return Wanted(MEASURES, broken_down(now, before, lambda one: getattr(one, name), cells), cells(now, now))

        total, earlier = cells(now, now), cells(before, before)
        (pairs, repeated), (pairs_before, _) = repeats(now), repeats(before)
        numbers: dict[str, Any] = {
            name: (total[n], earlier[n]) for n, name in enumerate(MEASURES) if name not in {"rated", "once"}
        }
        monthly = months(now, before, question, cells)
        tables = {
            "types": Wanted(("count", *STATES), broken_down(now, before, lambda one: one.type, by_state), by_state(now, [])),
            "quality": table("type"), "categories": table("category"), "products": table("product_id"),
            "assignees": table("assignee_id"), "repeats": repeated,
            "months": Wanted(MEASURES, monthly, total, sorted(monthly)),
        }  # fmt: skip
        report = (await as_(question.who).get(f"/reports/service?{question.asked(**also)}")).json()
        agree(report, numbers | {"repeats": (pairs, pairs_before)}, tables, (question.filters, also))


class TestMonths:
    async def test_a_quarter_stands_month_by_month_beside_the_one_before(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        await served(make, crew)
        path = "/reports/service?date_from=2026-03-01&date_to=2026-04-30"
        report = (await as_(team.executive).get(path)).json()
        shown = {
            row["key"]: (int(row["values"][0]), int(row["previous"][0]))
            for one in report["tables"] if one["key"] == "months" for row in one["rows"]
        }  # fmt: skip
        counts = Counter(
            month_of(one) for one in await stored(make, Service) if one.deleted_at is None and one.status != "void"
        )
        assert min(counts["2026-01"], counts["2026-02"]) > 0
        wanted = {key: (counts[key], counts[then]) for key, then in (("2026-03", "2026-01"), ("2026-04", "2026-02"))}
        assert shown == wanted


class TestFilters:
    @pytest.mark.parametrize("asked", ["category=billing", "product_id=1", "type=inquiry"])
    async def test_another_analysis_refuses_them(self, asked: str, team: Team, as_: As) -> None:
        person, name = as_(team.executive), asked.partition("=")[0]
        for path in ("loss?", "loss/rows?table=months&", "loss/export?"):
            refused = await person.get(f"/reports/{path}{asked}")
            assert refused.status_code == 422, path
            assert [one["pointer"] for one in refused.json()["errors"]] == [f"/{name}"]
        body = {"code": "reasons", "query": dict([asked.split("=")])}
        refused = await person.post("/reports/exports", json=body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/query/{name}")

    async def test_what_cannot_be_one_is_422(self, team: Team, as_: As) -> None:
        for asked, pointer in (("product_id=0", "/product_id"), ("category=", "/category"), ("kind=x", "/kind")):
            refused = await as_(team.executive).get(f"/reports/service?{asked}")
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
        rows = await as_(team.executive).get("/reports/service/rows?table=months&key=2026-13")
        assert (rows.status_code, rows.json()["errors"][0]["pointer"]) == (422, "/key")

    async def test_they_narrow_the_rows_behind_and_the_file_too(self, make: Make, team: Team, as_: As) -> None:
        customer, product = await make.customer(team.manager), await make.product()
        mine = await make.service(customer, type="inquiry", category="billing", product_id=product.id)
        for other in ({"type": "complaint"}, {"category": None}, {"product_id": None}):
            await make.service(
                customer, **({"type": "inquiry", "category": "billing", "product_id": product.id} | other)
            )
        asked = f"type=inquiry&category=billing&product_id={product.id}"
        person = as_(team.executive)
        for table in ("categories", "products", "months"):
            rows = (await person.get(f"/reports/service/rows?{asked}&table={table}")).json()["items"]
            assert [row["id"] for row in rows] == [mine.id], table
        text = (await person.get(f"/reports/service/export?{asked}&format=csv&language=en-US")).text
        assert "By product" in text
        assert "产品甲,1," in text
