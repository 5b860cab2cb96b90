"""A report as a workbook (XLSX, one sheet a table) or as one CSV, in the reader's language."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from app.core.ctx import Ctx
from app.core.money import DIGITS, rounded
from app.schemas.reports.reports import Kind
from app.services.reports import words
from app.services.reports.words import Language

FORMATS = {
    Kind.COUNT: "#,##0", Kind.MONEY: "#,##0.00", Kind.PERCENT: "0.00", Kind.DAYS: "0.0", Kind.HOURS: "0.0",
    Kind.RATING: "0.00",
}  # fmt: skip
PLACES = {Kind.COUNT: "1", Kind.PERCENT: "0.01", Kind.DAYS: "0.1", Kind.HOURS: "0.1"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
UNSEEN = re.compile(
    r"^[\s\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
SHEET_NAME = 31
MANY_ROWS = 2_000
"""From here on rows leave memory as soon as they are written."""


class Number(NamedTuple):
    """A cell with a number, rounded to what is displayed."""

    value: Decimal
    kind: Kind


Cell = Number | str | None


class Sheet(NamedTuple):
    """A titled table; its first row is the heading."""

    title: str
    rows: list[list[Cell]]


def shown(value: Decimal | None, kind: Kind) -> Number | None:
    """Round once, half up, to what is displayed."""
    if value is None:
        return None
    if kind is Kind.MONEY:
        return Number(rounded(value), kind)
    return Number(value.quantize(Decimal(PLACES.get(kind, "0.01")), ROUND_HALF_UP), kind)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: not in full width, nor behind what nobody sees."""
    first = unicodedata.normalize("NFKC", UNSEEN.sub("", text)[:1])
    return f"'{text}" if text.startswith(DANGEROUS) or first.startswith(DANGEROUS) else text


async def grids(ctx: Ctx, report: dict[str, Any], language: Language, *, compared: bool = True) -> list[Sheet]:
    """Return the figures and each table as it is written, with the numbers of the period before beside or without."""
    known = await words.labels(ctx, language)
    figures: list[list[Cell]] = [[words.word("figure", language), words.word("value", language)]]
    figures[0].append(words.word("previous", language))
    for one in report["figures"]:
        kind = Kind(one["kind"])
        figures.append(
            [
                words.of_now(one, words.word(one["key"], language), language),
                shown(one["value"], kind),
                shown(one["previous"], kind),
            ]
        )
    tables = [_table(table, known, language, compared=compared) for table in report["tables"]]
    return [Sheet(words.word(report["code"], language), figures), *tables]


def _table(table: dict[str, Any], known: dict[tuple[str, str], str], language: Language, *, compared: bool) -> Sheet:
    kinds = [Kind(column["kind"]) for column in table["columns"]]
    heading = [words.column_name(column, table["series"], known, language) for column in table["columns"]]
    compared = compared and any(row["previous"] for row in table["rows"])
    before = [f"{name} · {words.word('previous', language)}" for name in heading] if compared else []
    rows: list[list[Cell]] = [[words.word(table["key"], language), *heading, *before]]
    for row in [*table["rows"], *([table["total"]] if table["total"] else [])]:
        values = [*row["values"], *((row["previous"] or [None] * len(kinds)) if compared else [])]
        name = words.row_name(row, table["dimension"], known, language)
        rows.append([name, *(shown(value, kinds[place % len(kinds)]) for place, value in enumerate(values))])
    return Sheet(words.word(table["key"], language), rows)


def about(ctx: Ctx, report: dict[str, Any], language: Language) -> list[list[str]]:
    """Return the lines that say what days and moment the numbers are of, by the company's clock."""
    lines = [[words.word("period", language), f"{report['date_from']} – {report['date_to']}"]]
    if report["previous_from"] and any(one["previous"] is not None for one in report["figures"]):
        lines.append([words.word("previous", language), f"{report['previous_from']} – {report['previous_to']}"])
    as_of = report["as_of"].astimezone(ctx.timezone)
    return [*lines, [words.word("as_of", language), f"{as_of:%Y-%m-%d %H:%M}"]]


def workbook(lines: list[list[str]], sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as XLSX; `lines` stand above the first."""
    # Imported when first needed: it takes megabytes in every process, and only exports use it.
    import xlsxwriter  # noqa: PLC0415  large

    target = io.BytesIO()
    many = sum(len(sheet.rows) for sheet in sheets) > MANY_ROWS
    kept = {"constant_memory": True} if many else {"in_memory": True}
    book = xlsxwriter.Workbook(target, {**kept, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    written = FORMATS | ({} if DIGITS.get() else {Kind.MONEY: FORMATS[Kind.COUNT]})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in written.items()}
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.title, taken))
        page.set_column(0, 0, 24)
        page.set_column(1, max(1, len(sheet.rows[0]) - 1), 16)
        start = len(lines) if len(taken) == 1 else 0
        for place, line in enumerate(lines[:start]):
            for column, text in enumerate(line):
                page.write_string(place, column, text)
        for place, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Number):
                    page.write_number(start + place, column, float(cell.value), formats[cell.kind])
                elif cell is not None:
                    page.write_string(start + place, column, cell, bold if place == 0 else None)
        page.freeze_panes(start + 1, 1)
    book.close()
    return target.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    name = title[:SHEET_NAME]
    while name in taken:
        name = f"{name[: SHEET_NAME - 1]}·"
    taken.add(name)
    return name


def comma_separated(lines: list[list[str]], sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as one CSV: UTF-8 with a mark, by which spreadsheets know the encoding."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows(lines)
    for sheet in sheets:
        writer.writerow([])
        writer.writerow([harmless(sheet.title)])
        for row in sheet.rows:
            writer.writerow([cell.value if isinstance(cell, Number) else harmless(cell or "") for cell in row])
    return target.getvalue().encode("utf-8-sig")
