"""A report as a workbook (XLSX, one sheet a table) or as one CSV, in the reader's language."""

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import xlsxwriter

from app.core.ctx import Ctx
from app.schemas.reports import Kind
from app.services import report_words as words
from app.services.report_words import Language

FORMATS = {Kind.COUNT: "#,##0", Kind.MONEY: "#,##0.00", Kind.PERCENT: "0.00", Kind.DAYS: "0.0", Kind.HOURS: "0.0"}
PLACES = {Kind.COUNT: "1", Kind.MONEY: "0.01", Kind.PERCENT: "0.01", Kind.DAYS: "0.1", Kind.HOURS: "0.1"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
SHEET_NAME = 31


def shown(value: Decimal | None, kind: Kind) -> Decimal | None:
    """Round once, half up, to what is displayed."""
    return None if value is None else value.quantize(Decimal(PLACES.get(kind, "0.01")), ROUND_HALF_UP)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


async def grids(ctx: Ctx, report: dict[str, Any], language: Language) -> list[tuple[str, list[list[Any]], list[Kind]]]:
    """Return each table as (title, rows with a heading row, kinds of the number columns)."""
    known = await words.labels(ctx, language)
    figures: list[list[Any]] = [[words.word("total", language), "", words.word("previous", language)]]
    figures += [
        [words.word(one["key"], language), shown(one["value"], one["kind"]), shown(one["previous"], one["kind"])]
        for one in report["figures"]
    ]
    found = [(words.word(report["code"], language), figures, [Kind.MONEY, Kind.MONEY])]
    for table in report["tables"]:
        kinds = [Kind(column["kind"]) for column in table["columns"]]
        heading = [words.word(column["key"], language) for column in table["columns"]]
        compared = any(row["previous"] for row in table["rows"])
        if compared:
            heading += [f"{name} · {words.word('previous', language)}" for name in heading]
        rows: list[list[Any]] = [[words.word(table["key"], language), *heading]]
        for row in [*table["rows"], *([table["total"]] if table["total"] else [])]:
            values = [*row["values"], *((row["previous"] or [None] * len(kinds)) if compared else [])]
            name = words.row_name(row, table["dimension"], known, language)
            rows.append([name, *(shown(v, kinds[place % len(kinds)]) for place, v in enumerate(values))])
        found.append((words.word(table["key"], language), rows, kinds * (2 if compared else 1)))
    return found


def about(report: dict[str, Any], language: Language) -> list[list[str]]:
    """Return the lines that say what period and moment the numbers are of."""
    period = f"{report['date_from']} – {report['date_to']}"
    return [
        [words.word("period", language), period],
        [words.word("as_of", language), report["as_of"].isoformat(timespec="minutes")],
    ]


async def workbook(ctx: Ctx, report: dict[str, Any], language: Language) -> bytes:
    """Return the report as XLSX."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
    taken: set[str] = set()
    for title, rows, kinds in await grids(ctx, report, language):
        name = title[:SHEET_NAME]
        while name in taken:
            name = f"{name[: SHEET_NAME - 1]}'"
        taken.add(name)
        sheet = book.add_worksheet(name)
        start = 0
        for line in about(report, language) if len(taken) == 1 else []:
            sheet.write_row(start, 0, line)
            start += 1
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(start + place, column, float(value), formats.get(kinds[column - 1]))
                elif value is not None:
                    sheet.write_string(start + place, column, str(value), bold if place == 0 else None)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max(1, len(kinds)), 16)
        sheet.freeze_panes(start + 1, 1)
    book.close()
    return target.getvalue()


async def comma_separated(ctx: Ctx, report: dict[str, Any], language: Language) -> bytes:
    """Return the report as CSV: UTF-8 with a mark, by which spreadsheets know the encoding."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows(about(report, language))
    for title, rows, _ in await grids(ctx, report, language):
        writer.writerow([])
        writer.writerow([harmless(title)])
        for row in rows:
            writer.writerow([harmless(value) if isinstance(value, str) else value for value in row])
    return target.getvalue().encode("utf-8-sig")
