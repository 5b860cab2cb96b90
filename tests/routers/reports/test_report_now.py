"""What a report tells of this moment says so: every other number is of the period, and of one long ago there is none."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from app.schemas.reports.reports import ReportCode
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.reports.test_report_exports import workbook

As = Callable[..., Client]
LONG_AGO = "date_from=2001-01-01&date_to=2001-12-31"
NOW = {
    "pipeline": {"stages": ["count", "amount", "weighted", "unpriced"]},
    "contribution": {"customers": ["potential"]},
    "loss": {"states": ["warned", "delayed", "review_overdue"]},
}
FIGURES = {
    "pipeline": ["count", "amount", "weighted", "unpriced", "unassigned"],
    "loss": ["warned", "delayed", "review_overdue"],
}


@pytest.fixture
async def supervisor(team: Team, as_: As, make: Make) -> Client:
    """A company of which something is to be told now, and nothing of long ago."""
    customer = await make.customer(team.manager, status="warning")
    await make.loss(customer)
    await make.chance(team.manager, team.manager, customer_id=customer.id, amount=Decimal(100), rate=50)
    await make.chance(team.manager, team.manager)
    await make.service(customer, team.manager)
    return as_(team.supervisor)


def unmarked(report: dict[str, Any]) -> Iterable[tuple[str, str | None]]:
    """Yield the numbers that are told of the period."""
    yield from ((one["key"], one["value"]) for one in report["figures"] if not one["now"])
    for table in report["tables"]:
        for row in [*table["rows"], *([table["total"]] if table["total"] else [])]:
            for column, value in zip(table["columns"], row["values"], strict=True):
                if not column["now"] and not row["now"]:
                    yield f"{table['key']}.{column['key']}", value


def marked(report: dict[str, Any]) -> dict[str, list[str]]:
    """Return by table its columns and rows of now."""
    tables = {table["key"]: [*table["columns"], *table["rows"]] for table in report["tables"]}
    found = {key: [one["key"] for one in each if one["now"]] for key, each in tables.items()}
    return {key: names for key, names in found.items() if names}


@pytest.mark.parametrize("code", list(ReportCode))
async def test_a_number_of_a_period_in_which_nothing_happened_is_none(code: ReportCode, supervisor: Client) -> None:
    report = (await supervisor.get(f"/reports/{code}?{LONG_AGO}&with_zeros=true")).json()
    assert [(key, value) for key, value in unmarked(report) if Decimal(value or 0) and "cumulative" not in key] == []
    assert marked(report) == NOW.get(code, {})
    assert [one["key"] for one in report["figures"] if one["now"]] == FIGURES.get(code, [])


async def test_the_base_is_of_now_until_a_period_is_asked_for(supervisor: Client) -> None:
    report = (await supervisor.get("/reports/composition")).json()
    assert [one["now"] for one in report["figures"]] == [True]
    assert set(map(tuple, marked(report).values())) == {("count", "share")}
    assert len(marked(report)) == len(report["tables"])


@pytest.mark.parametrize(("language", "mark"), [("zh-CN", "（当前）"), ("en-US", " (now)")])
async def test_sheets_say_it_in_their_heads_and_rows(language: str, mark: str, supervisor: Client) -> None:
    for code, tables in NOW.items():
        file = await supervisor.get(f"/reports/{code}/export?{LONG_AGO}&with_zeros=true&language={language}")
        sheets = list(workbook(file.content).values())[1:]
        said = [cell for rows in sheets for row in rows for cell in (row if row is rows[0] else row[:1])]
        assert sum(str(cell).endswith(mark) for cell in said) == sum(map(len, tables.values()))
