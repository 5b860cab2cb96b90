"""The example that loads a public sales pipeline: nothing lost, every known answer met, safe to run again.

It runs on a small set of the same shape and flaws, and on the whole sample where that is at hand
(KITH_SAMPLE_DATA, or ../shared/data/crm_sales beside the repository).
"""

import csv
import os
import shutil
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import func, select

from app.core.db import Database
from app.core.passwords import hash_password
from app.core.settings import ROOT
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.models.orders.orders import Order
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.services.base import verify
from tests.factories.application import application
from tests.factories.make import Make

sys.path.insert(0, str(ROOT / "examples"))

import import_sales_pipeline as example
from kith_api import Api, Stop

SMALL = Path(__file__).parent / "data"
WHOLE = Path(os.environ.get("KITH_SAMPLE_DATA") or ROOT.parent / "shared" / "data" / "crm_sales")
PASSWORD = "a long pass phrase"
SETS = [
    pytest.param(SMALL, id="small"),
    pytest.param(
        WHOLE,
        id="whole",
        marks=pytest.mark.skipif(not WHOLE.is_dir(), reason="the sample is not beside the repository"),
    ),
]
As = Callable[[Any], httpx.AsyncClient]


class Answers:
    """What plain Python counts from the files."""

    def __init__(self, folder: Path) -> None:
        self.deals = self.rows(folder / "sales_pipeline.csv")
        self.teams = {row["sales_agent"]: row["manager"] for row in self.rows(folder / "sales_teams.csv")}
        self.won = [row for row in self.deals if row["deal_stage"] == "Won"]
        self.lost = [row for row in self.deals if row["deal_stage"] == "Lost"]
        self.days = [(self.day(row["close_date"]) - self.day(row["engage_date"])).days for row in self.won]

    @staticmethod
    def rows(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @staticmethod
    def day(text: str) -> datetime:
        return datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC)

    def by_team(self, deals: list[dict[str, str]]) -> Counter[str]:
        """Return Σ close value by manager."""
        sums: Counter[str] = Counter()
        for row in deals:
            sums[f"{self.teams[row['sales_agent']]}'s team"] += int(row["close_value"])
        return sums

    def by_customer(self) -> Counter[str]:
        """Return Σ close value of what was won by account."""
        sums: Counter[str] = Counter()
        for row in self.won:
            sums[row["account"]] += int(row["close_value"])
        return sums

    def win_rates(self) -> dict[str, Decimal]:
        """Return won / (won + lost) in percent by manager."""
        ended: dict[str, list[bool]] = defaultdict(list)
        for row in self.won + self.lost:
            ended[f"{self.teams[row['sales_agent']]}'s team"].append(row["deal_stage"] == "Won")
        return {team: percent(sum(all_), len(all_)) for team, all_ in ended.items()}


def rounded(value: Decimal) -> Decimal:
    """Round to cents, half up (domain section 6)."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def percent(part: int, whole: int) -> Decimal:
    return rounded(Decimal(100) * part / whole)


@pytest_asyncio.fixture(loop_scope="session")
async def house(committed: Database) -> FastAPI:
    """Return an application on a database of its own, with an administrator."""
    async with committed.write() as session:
        make = Make(session)
        await make.user("admin", user_name="admin", password=await hash_password(PASSWORD))
        await make.user("executive", user_name="boss")
    return application(committed)


@pytest_asyncio.fixture(loop_scope="session")
async def enter(house: FastAPI) -> AsyncIterator[As]:
    """Return a function from a person's log-in name and role to a client."""
    clients: list[httpx.AsyncClient] = []

    async def open_(user_name: str, role: str) -> httpx.AsyncClient:
        async with house.state.kith.database.read() as session:
            user = await session.scalar(select(User).where(User.user_name == user_name))
        token = house.state.kith.tokens.issue(user.id, [role], user.token_version, Make.now())
        transport, headers = httpx.ASGITransport(house), {"Authorization": f"Bearer {token}"}
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://kith/api/v1", headers=headers))
        return clients[-1]

    yield open_
    for client in clients:
        await client.aclose()


class Flaky(httpx.AsyncBaseTransport):
    """A server that is away for some calls: `away(n)` says for which."""

    def __init__(self, app: FastAPI, away: Callable[[int], bool]) -> None:
        self.inner, self.away, self.calls = httpx.ASGITransport(app), away, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        if self.away(self.calls):
            if self.calls % 2:
                raise httpx.ConnectError("connection refused")
            return httpx.Response(503, headers={"Retry-After": "0"}, json={"detail": "away"}, request=request)
        return await self.inner.handle_async_request(request)


async def run(app: FastAPI, folder: Path, away: Callable[[int], bool] = lambda _n: False, pause: float = 0.0) -> Any:
    async with httpx.AsyncClient(transport=Flaky(app, away), base_url="http://kith", timeout=30) as client:
        return await example.run(Api(client, "admin", PASSWORD, pause), folder, 4, lambda _count: None)


def counts(report: Any, outcome: str) -> dict[str, int]:
    return {noun: found[outcome] for noun, found in report.outcomes.items() if found[outcome]}


async def state(house: FastAPI) -> tuple[Any, ...]:
    """Return what a run must not change: rows, versions, log, history."""
    async with house.state.kith.database.read() as session:
        chances = select(func.count(Chance.id), func.sum(Chance.version)).execution_options(scoped="the test")
        log, stays = select(func.count()).select_from(LogEntry), select(func.count()).select_from(ChanceStage)
        log = log.where(LogEntry.entity != "auth")
        orders = select(func.count(Order.id), func.sum(Order.version)).execution_options(scoped="the test")
        counted = *(await session.execute(chances)).one(), *(await session.execute(orders)).one()
        return *counted, await session.scalar(log), await session.scalar(stays)


@pytest.mark.parametrize("folder", SETS)
async def test_every_known_answer_is_met_and_a_second_run_changes_nothing(
    folder: Path, house: FastAPI, enter: Any
) -> None:
    answers = Answers(folder)
    report = await run(house, folder)
    assert report.refused == []
    assert counts(report, "created")["chances"] == len(answers.deals)
    assert counts(report, "created")["orders"] == len(answers.won)

    boss = await enter("boss", "executive")
    teams = (await boss.get("/chances/summary?group_by=department&median=true")).json()
    assert {row["name"]: int(Decimal(row["won_value"])) for row in teams["rows"]} == answers.by_team(answers.won)
    assert {row["name"]: Decimal(row["win_rate"]) for row in teams["rows"]} == answers.win_rates()
    total = teams["total"]
    assert Decimal(total["win_rate"]) == percent(len(answers.won), len(answers.won + answers.lost))
    assert Decimal(total["mean_days_to_close"]) == rounded(Decimal(statistics.mean(answers.days)))
    assert Decimal(total["median_days_to_close"]) == Decimal(statistics.median(answers.days))
    by_status = {
        row["key"]: row["count"] for row in (await boss.get("/chances/summary?group_by=status")).json()["rows"]
    }
    stages = Counter(row["deal_stage"] for row in answers.deals)
    names = {"Won": "succeeded", "Lost": "failed", "Engaging": "assigned", "Prospecting": "unassigned"}
    assert by_status == {names[stage]: count for stage, count in stages.items()}
    stage = (await boss.get("/chances/summary?group_by=stage")).json()["total"]
    assert stage["count"] == len(answers.deals)
    for agent in sorted({row["sales_agent"] for row in answers.deals}):
        await _sees_only_their_own(enter, answers, agent)
    for manager in sorted(set(answers.teams.values())):
        await _sees_only_their_team(enter, answers, manager)
    await _orders_add_up_to_what_was_won(boss, answers)
    await _the_reports_say_the_same(boss, answers)
    async with house.state.kith.database.write() as session:
        assert await verify.sums(Make(session).ctx) == []

    before = await state(house)
    again = await run(house, folder)
    assert counts(again, "created") == counts(again, "updated") == counts(again, "refused") == {}
    assert counts(again, "unchanged")["chances"] == len(answers.deals)
    assert counts(again, "unchanged")["orders"] == len(answers.won)
    assert await state(house) == before


@pytest.mark.skipif(not WHOLE.is_dir(), reason="the sample is not beside the repository")
def test_the_sample_is_the_published_one() -> None:
    answers = Answers(WHOLE)
    assert (len(answers.deals), len(answers.won), len(answers.lost)) == (8800, 4238, 2473)
    assert sum(answers.by_team(answers.won).values()) == 10_005_534
    assert dict(answers.by_customer().most_common(5)) == {
        "Kan-code": 341_455, "Konex": 269_245, "Condax": 206_410, "Cheers": 198_020, "Hottechi": 194_957,
    }  # fmt: skip
    assert (round(statistics.mean(answers.days), 1), statistics.median(answers.days)) == (51.8, 57)


async def _orders_add_up_to_what_was_won(boss: httpx.AsyncClient, answers: Answers) -> None:
    """Compare each customer's orders with the files: all of them completed and paid."""
    sums: dict[str, Decimal] = {}
    page: dict[str, Any] = {"next_cursor": None}
    while page["next_cursor"] or not sums:
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        page = (await boss.get("/customers", params={"limit": 200, **cursor})).json()
        for customer in page["items"]:
            summary = (await boss.get(f"/customers/{customer['id']}/orders/summary")).json()
            assert summary["unpaid"] == "0.00" or summary["count"] == 0
            assert customer["last_order_date"] == summary["last_date"]
            sums[customer["name"]] = Decimal(summary["total"])
    assert {name: int(total) for name, total in sums.items() if total} == answers.by_customer()
    completed = (await boss.get("/orders?status=completed&payment_state=paid&limit=1")).json()
    assert completed["total"] == len(answers.won)


async def _the_reports_say_the_same(boss: httpx.AsyncClient, answers: Answers) -> None:
    """Compare contribution, win rate and time to close with the files, in the period of all the deals."""
    whole = "date_from=2016-01-01&date_to=2018-12-31"
    contribution = (await boss.get(f"/reports/contribution?{whole}")).json()
    rows = next(table for table in contribution["tables"] if table["key"] == "customers")["rows"]
    totals = {row["name"]: Decimal(row["values"][0]) for row in rows}
    assert {name: int(total) for name, total in totals.items()} == answers.by_customer()
    assert [row["name"] for row in rows[:5]] == [name for name, _ in answers.by_customer().most_common(5)]
    figures = {figure["key"]: figure["value"] for figure in contribution["figures"]}
    assert Decimal(figures["total"]) == sum(answers.by_customer().values())
    assert Decimal(figures["unpaid"]) == 0
    rate = (await boss.get(f"/reports/win-rate?{whole}")).json()["figures"]
    won = next(figure for figure in rate if figure["key"] == "rate")["value"]
    assert rounded(Decimal(won)) == percent(len(answers.won), len(answers.won + answers.lost))
    times = {one["key"]: one["value"] for one in (await boss.get(f"/reports/time-to-close?{whole}")).json()["figures"]}
    assert round(Decimal(times["mean"]), 6) == round(Decimal(statistics.mean(answers.days)), 6)
    assert Decimal(times["median"]) == Decimal(statistics.median(answers.days))


async def _sees_only_their_own(enter: Any, answers: Answers, agent: str) -> None:
    client = await enter(agent.lower().replace(" ", "."), "manager")
    mine = [row for row in answers.deals if row["sales_agent"] == agent]
    page = (await client.get("/chances?limit=200")).json()
    assert page["total"] == len(mine)
    assert {row["external_id"] for row in page["items"]} <= {row["opportunity_id"] for row in mine}
    summary = (await client.get("/chances/summary?group_by=assignee")).json()
    won = sum(int(row["close_value"]) for row in mine if row["deal_stage"] == "Won")
    assert int(Decimal(summary["total"]["won_value"])) == won


async def _sees_only_their_team(enter: Any, answers: Answers, manager: str) -> None:
    client = await enter(manager.lower().replace(" ", "."), "supervisor")
    team = [row for row in answers.deals if answers.teams[row["sales_agent"]] == manager]
    assert (await client.get("/chances?limit=1")).json()["total"] == len(team)
    rows = (await client.get("/chances/summary?group_by=department")).json()["rows"]
    assert [row["name"] for row in rows] == [f"{manager}'s team"][: len(rows)]


async def test_flaws_are_told_and_no_row_is_lost(house: FastAPI, enter: Any) -> None:
    answers = Answers(SMALL)
    text = (await run(house, SMALL)).text()
    for words, count in (
        ("“GTXPro” → “GTX Pro”", sum(row["product"] == "GTXPro" for row in answers.deals)),
        ("without account", sum(not row["account"] for row in answers.deals)),
        ("without engage date", sum(not row["engage_date"] for row in answers.deals)),
        ("“technolgy” → “technology”", 1),
        ("“Philipines” → “Philippines”", 1),
    ):
        assert any(words in line and line.split()[0] == f"{count:,}" for line in text.splitlines()), words
    assert "the installation shows CNY" in text
    lonely = next(row["opportunity_id"] for row in answers.deals if not row["account"])
    found = (await (await enter("boss", "executive")).get(f"/chances?external_id={lonely}")).json()["items"]
    assert [row["customer_name"] for row in found] == [f"未知客户 {lonely}"]


async def test_a_refused_row_is_named_and_the_others_are_in(house: FastAPI, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "data")
    path = tmp_path / "data" / "sales_pipeline.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoilt = next(n for n, line in enumerate(lines) if ",Won," in line)
    fields = lines[spoilt].split(",")
    fields[6] = "1/1/2001"
    lines[spoilt] = ",".join(fields)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = await run(house, tmp_path / "data")
    assert counts(report, "refused") == {"chances": 1}
    assert counts(report, "created")["chances"] == len(lines) - 2
    assert f"chances {fields[0]}: /rows/" in report.text()


async def test_a_server_that_stumbles_is_waited_for(house: FastAPI) -> None:
    report = await run(house, SMALL, away=lambda call: call % 3 != 0)
    assert counts(report, "created")["chances"] == len(Answers(SMALL).deals)
    assert report.refused == []


async def test_a_limit_on_calls_is_waited_for(house: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    limited = application(house.state.kith.database, rate_limit_per_minute=5)
    now, waits = [1000.0], []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("api.limits.monotonic", lambda: now[0])
    monkeypatch.setattr("kith_api.asyncio", SimpleNamespace(sleep=sleep))
    report = await run(limited, SMALL)
    assert counts(report, "created")["chances"] == len(Answers(SMALL).deals)
    assert report.refused == []
    assert waits
    assert all(0 < wait <= 60 for wait in waits), "Retry-After, to the second"


async def test_a_server_that_goes_away_is_told_and_the_next_run_goes_on(house: FastAPI) -> None:
    with pytest.raises(Stop, match=r"is away|503") as stopped:
        await run(house, SMALL, away=lambda call: call > 15)
    assert stopped.value.code == 4
    report = await run(house, SMALL)
    assert counts(report, "unchanged")["users"] == len({*Answers(SMALL).teams, *Answers(SMALL).teams.values()})
    assert counts(report, "created")["chances"] == len(Answers(SMALL).deals)


async def test_a_wrong_password_is_one_sentence(house: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(house), base_url="http://kith") as client:
        with pytest.raises(Stop, match="Log-in as admin was refused") as stopped:
            await example.run(Api(client, "admin", "wrong", 0), SMALL, 1, lambda _count: None)
    assert stopped.value.code == 5


def test_a_missing_file_and_a_wrong_column_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--user", "x", "--password", "y", "--data", str(tmp_path)]
    assert example.main(words) == 3
    assert "accounts.csv cannot be read: No such file" in capsys.readouterr().err
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "products.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("sales_price", "price"), encoding="utf-8")
    assert example.main(words) == 3
    assert capsys.readouterr().err == "products.csv lacks the column sales_price.\n"
