"""Every report for one team and for all: a whole month, a quarter, a year; contribution for one region too."""

from __future__ import annotations

from datetime import date, timedelta

from app.schemas.reports.reports import ReportCode
from scripts.bench.cases import Ask, Case, MakeCase

SPANS = {"month": 1, "quarter": 3, "year": 12}
REGION = "east"
"""A filter that the kept sums cover too."""


def _period(today: date, months: int) -> tuple[date, date]:
    """Return the last calendar span of so many months that is over."""
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    end = first - timedelta(days=1)
    return date(end.year, (end.month - 1) // months * months + 1, 1), end


def build(make: MakeCase, today: date) -> list[Case]:
    """Return the cases."""
    found = []
    for code in ReportCode:
        for who in ("department", "all"):
            for name, months in SPANS.items():
                begin, end = _period(today, months)
                asked = Ask(f"/reports/{code}?date_from={begin}&date_to={end}")
                found.append(make(f"report {code}, {who}, {name}", who, asked))
            if code == ReportCode.CONTRIBUTION:
                there = Ask(f"{asked.path}&region={REGION}")
                found.append(make(f"report {code}, {who}, {name}, region", who, there))
    return found
