"""The "CRM Sales Opportunities" files: read, mended, and mapped to the rows that Kith imports."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kith_api import Stop

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
COLUMNS = {
    "accounts.csv": "account sector year_established revenue employees office_location subsidiary_of",
    "products.csv": "product series sales_price",
    "sales_teams.csv": "sales_agent manager regional_office",
    "sales_pipeline.csv": "opportunity_id sales_agent product account deal_stage engage_date close_date close_value",
}
PRODUCTS = {"GTXPro": "GTX Pro"}
SPELLING = {"technolgy": "technology", "Philipines": "Philippines"}
STATUS = {"Prospecting": "unassigned", "Engaging": "assigned", "Won": "succeeded", "Lost": "failed"}
CHINESE = {
    "technology": "科技", "entertainment": "娱乐", "marketing": "市场营销", "telecommunications": "通信",
    "employment": "人力资源", "United States": "美国", "Kenya": "肯尼亚", "Philippines": "菲律宾", "Japan": "日本",
    "Italy": "意大利", "Norway": "挪威", "Korea": "韩国", "Jordan": "约旦", "Brazil": "巴西", "Germany": "德国",
    "Panama": "巴拿马", "Belgium": "比利时", "Romania": "罗马尼亚", "Poland": "波兰", "China": "中国",
}  # fmt: skip


@dataclass
class Report:
    """What happened, for the person who ran it."""

    corrected: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: list[str] = field(default_factory=list)
    without: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    notes: list[str] = field(default_factory=list)

    def add(self, noun: str, rows: list[Row], results: list[Row]) -> None:
        """Count a batch's results and keep the reasons of what was refused."""
        for row, result in zip(rows, results, strict=True):
            self.outcomes[noun][result["outcome"]] += 1
            if result["outcome"] == "refused":
                self.without[noun].add(row["external_id"])
            for error in result["errors"]:
                self.refused.append(f"{noun} {row['external_id']}: {error['pointer']} {error['message']}")

    def text(self) -> str:
        """Write it out."""
        lines = ["Sales pipeline import", ""]
        for noun, counts in self.outcomes.items():
            told = ", ".join(f"{counts[word]:,} {word}" for word in ("created", "updated", "unchanged", "refused"))
            lines.append(f"  {noun:<12} {told}")
        for title, counter in (("Corrected", self.corrected), ("Kept, and marked", self.aside)):
            lines += ["", f"{title}:", *[f"  {count:>6,}  {what}" for what, count in sorted(counter.items())]]
        lines += ["", "Notes:", *[f"  {note}" for note in self.notes]] if self.notes else []
        lines += ["", "Refused:", *[f"  {line}" for line in self.refused]] if self.refused else []
        return "\n".join(lines) + "\n"


def read(folder: Path) -> dict[str, list[Row]]:
    """Read the four files; end with a clear word for a missing file or column."""
    found: dict[str, list[Row]] = {}
    for name, columns in COLUMNS.items():
        try:
            with (folder / name).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                missing = set(columns.split()) - set(reader.fieldnames or [])
                if missing:
                    raise Stop(3, f"{name} lacks the column {', '.join(sorted(missing))}.")
                found[name] = list(reader)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise Stop(3, f"{folder / name} cannot be read: {reason}.") from error
    return found


def correct(files: dict[str, list[Row]], report: Report) -> None:
    """Mend the spelling that the files are known to have wrong."""
    for name, column, words in (
        ("sales_pipeline.csv", "product", PRODUCTS),
        ("accounts.csv", "sector", SPELLING),
        ("accounts.csv", "office_location", SPELLING),
    ):
        for row in files[name]:
            wrong = row[column]
            if wrong in words:
                row[column] = words[wrong]
                report.corrected[f"{column} “{wrong}” → “{words[wrong]}”"] += 1


def day(text: str, where: str) -> str | None:
    """Turn 10/20/2016 into 2016-10-20."""
    try:
        return date.isoformat(datetime.strptime(text, "%m/%d/%Y").date()) if text else None  # noqa: DTZ007  a date
    except ValueError as error:
        raise Stop(3, f"{where}: “{text}” is not a date like 10/20/2016.") from error


def number(text: str, where: str) -> Decimal:
    """Read an amount."""
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise Stop(3, f"{where}: “{text}” is not a number.") from error


def departments(files: dict[str, list[Row]]) -> tuple[list[Row], list[Row]]:
    """Return regional offices with a team below for each manager, first without and then with their leaders."""
    teams = {row["manager"]: row["regional_office"] for row in files["sales_teams.csv"]}
    offices = [{"external_id": f"office:{office}", "name": office} for office in sorted(set(teams.values()))]
    bare = [
        {"external_id": f"team:{manager}", "name": f"{manager}'s team", "parent_external_id": f"office:{office}"}
        for manager, office in sorted(teams.items())
    ]
    led = [row | {"leader_external_id": f"person:{row['external_id'].removeprefix('team:')}"} for row in bare]
    return offices + bare, led


def people(files: dict[str, list[Row]]) -> list[Row]:
    """Return managers as supervisors of their team and agents as account managers in it; nobody has a password."""

    def person(name: str, role: str, team: str) -> Row:
        return {
            "external_id": f"person:{name}",
            "user_name": name.lower().replace(" ", "."),
            "name": name,
            "roles": [role],
            "department_external_id": f"team:{team}",
            "language": "en-US",
        }

    teams = files["sales_teams.csv"]
    leaders = [person(name, "supervisor", name) for name in sorted({row["manager"] for row in teams})]
    return leaders + [person(row["sales_agent"], "manager", row["manager"]) for row in teams]


def products(files: dict[str, list[Row]]) -> list[Row]:
    """Return the products with their list price."""
    return [
        {
            "external_id": f"product:{row['product']}",
            "name": row["product"],
            "model": row["series"],
            "price": str(number(row["sales_price"], f"products.csv {row['product']}")),
        }
        for row in files["products.csv"]
    ]


def slug(label: str) -> str:
    """Return the dictionary item of a label: United States -> united_states."""
    return label.lower().replace(" ", "_")


def customers(files: dict[str, list[Row]], report: Report) -> list[Row]:
    """Return the accounts, parents first; who won most there manages it, ties by name."""
    won: dict[str, Counter[str]] = defaultdict(Counter)
    for row in files["sales_pipeline.csv"]:
        won[row["account"]][row["sales_agent"]] += int(row["close_value"] or 0) if row["deal_stage"] == "Won" else 0
    accounts = {row["account"]: row for row in files["accounts.csv"]}

    def depth(name: str, seen: int = 0) -> int:
        parent = accounts[name]["subsidiary_of"]
        return 0 if parent not in accounts or seen > len(accounts) else 1 + depth(parent, seen + 1)

    rows = []
    for name in sorted(accounts, key=lambda name: (depth(name), name)):
        account, best = accounts[name], sorted(won[name].items(), key=lambda item: (-item[1], item[0]))
        if not best:
            best = [(min(row["sales_agent"] for row in files["sales_teams.csv"]), 0)]
            report.notes.append(f"{name} has no deals: its manager is {best[0][0]}, the first by name.")
        parent = account["subsidiary_of"]
        rows.append(
            {
                "external_id": f"account:{name}",
                "name": name,
                "industry": slug(account["sector"]),
                "region": slug(account["office_location"]),
                "turnover": str(number(account["revenue"], f"accounts.csv {name}") * 1_000_000),
                "employees": int(number(account["employees"], f"accounts.csv {name}")),
                "founded_year": int(number(account["year_established"], f"accounts.csv {name}")),
                "manager_external_id": f"person:{best[0][0]}",
                "parent_external_id": f"account:{parent}" if parent else None,
            }
        )
    return rows


def chances(files: dict[str, list[Row]], report: Report) -> list[Row]:
    """Return the opportunities in their states, with owners and dates; none is left out."""
    price = {row["product"]: row["sales_price"] for row in files["products.csv"]}
    report.notes.append("The expected amount of an opportunity is its product's list price: the source has none.")
    return [_chance(row, price, report) for row in files["sales_pipeline.csv"]]


def _chance(row: Row, price: dict[str, str], report: Report) -> Row:
    known, where = row["opportunity_id"], f"sales_pipeline.csv {row['opportunity_id']}"
    if row["deal_stage"] not in STATUS:
        raise Stop(3, f"{where}: the stage “{row['deal_stage']}” is not one of {', '.join(STATUS)}.")
    status, agent = STATUS[row["deal_stage"]], f"person:{row['sales_agent']}"
    opened, closed = day(row["engage_date"], where), day(row["close_date"], where)
    chance: Row = {
        "external_id": known,
        "title": row["product"],
        "product_external_id": f"product:{row['product']}",
        "amount": price.get(row["product"]),
        "creator_external_id": agent,
        "status": status,
    }
    if row["account"]:
        chance["customer_external_id"] = f"account:{row['account']}"
    else:
        chance["customer_name"] = f"未知客户 {known}"
        report.aside["without account: customer name 未知客户 <opportunity id>"] += 1
    if opened:
        chance["opened_at"] = opened
    else:
        report.aside["without engage date: opened at the time of the import"] += 1
    if status != "unassigned":
        chance["assignee_external_id"] = agent
    if status == "succeeded":
        chance |= {"closed_on": closed, "close_value": str(number(row["close_value"], where))}
    if status == "failed":
        chance |= {"closed_on": closed, "close_reason": "unstated"}
    return chance


def orders(files: dict[str, list[Row]]) -> list[Row]:
    """Return each won deal as a completed, paid order with one line at the close value on the close date."""
    return [_order(row) for row in files["sales_pipeline.csv"] if row["deal_stage"] == "Won" and row["account"]]


def _order(row: Row) -> Row:
    known, where = row["opportunity_id"], f"sales_pipeline.csv {row['opportunity_id']}"
    closed, value = day(row["close_date"], where), number(row["close_value"], where)
    return {
        "external_id": f"order:{known}",
        "customer_external_id": f"account:{row['account']}",
        "owner_external_id": f"person:{row['sales_agent']}",
        "chance_external_id": known,
        "date": closed,
        "status": "completed",
        "lines": [{"product_external_id": f"product:{row['product']}", "count": 1, "price": str(value)}],
        "payments": [{"date": closed, "amount": str(value)}] if value else [],
    }
