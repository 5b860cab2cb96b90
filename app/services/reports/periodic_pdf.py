"""The customer management report as PDF, set by Typst with fonts of which only the used glyphs are embedded."""

import asyncio
import json
from pathlib import Path
from typing import Any

from app.core.ctx import Ctx
from app.core.money import DIGITS
from app.core.own import Own
from app.schemas.reports.reports import Kind, ReportRead
from app.services.base import outgoing, settings
from app.services.base.outgoing import File
from app.services.reports import periodic, words
from app.services.reports import sheets as report_sheets
from app.services.reports.periodic_fonts import drawable, folders
from app.services.reports.sheets import Cell, Number
from app.services.reports.words import Language

MOST_ROWS = 20
PLACES = {Kind.COUNT: 0, Kind.DAYS: 1, Kind.HOURS: 1}
TEMPLATE = Path(__file__).with_name("periodic.typ")
AT_A_TIME = Own(lambda: asyncio.Semaphore(2))
"""Setting a page takes a core for a moment; the others wait for their turn."""


async def pdf(ctx: Ctx, report_id: int, language: Language) -> File:
    """Return a report as PDF; raise `NotFound`."""
    report = await periodic.get_detail(ctx, report_id)
    company = (await settings.values(ctx.session))["company.name"]
    logo = await settings.logo(ctx)
    page = await _page(ctx, report, language) | {"company": company}
    async with AT_A_TIME.of(ctx.session):
        content = await asyncio.to_thread(_set_with, page, logo.content if logo else b"")
    told = {"code": "periodic", "format": "pdf", "number": report["number"], "month": f"{report['month']:%Y-%m}"}
    told["rows"] = outgoing.rows(report["reports"])
    return File(f"{report['number']}.pdf", "application/pdf", content, told)


def _set_with(page: dict[str, Any], logo: bytes) -> bytes:
    # Imported when first needed: it is larger than all the rest, and only this uses it.
    from typst import TypstError  # noqa: PLC0415  large

    try:
        return drawn(page | {"logo": list(logo)})
    except TypstError:
        if not logo:
            raise
        # Its first bytes were those of an image, the rest was not: the report is worth more than its ornament.
        return drawn(page | {"logo": []})


def drawn(page: dict[str, Any]) -> bytes:
    """Return the PDF of what `_page` says, and the bytes of a `logo`; raise `TypstError` for one that is no image."""
    import typst  # noqa: PLC0415  large

    given = {"page": drawable(json.dumps(page, ensure_ascii=False))}
    # Texts travel as data: nothing that a person wrote is read as Typst.
    made: bytes = typst.compile(str(TEMPLATE), font_paths=folders(), ignore_system_fonts=True, sys_inputs=given)
    return made


async def _page(ctx: Ctx, report: dict[str, Any], language: Language) -> dict[str, Any]:
    issued = report["issued_at"]
    facts = {
        "month": f"{report['month']:%Y-%m}",
        "department": report["department"]["name"],
        "author": report["author"]["name"],
        "issued_at": f"{issued.astimezone(ctx.timezone):%Y-%m-%d %H:%M}" if issued else words.word("draft", language),
    }
    if report["replaces"]:
        facts["replaces"] = report["replaces"]["name"]
    sections = []
    for one in report["reports"]:
        analysis = ReportRead.model_validate(one).model_dump()
        sheets = await report_sheets.grids(ctx, analysis, language, compared=False)
        tables = [table(sheet.title, sheet.rows) for sheet in sheets]
        sections.append({"title": sheets[0].title, "tables": [tables[0] | {"title": ""}, *tables[1:]]})
    return {
        "lang": language[:2],
        "title": words.word("periodic", language),
        "number": report["number"],
        "facts": [[words.word(key, language), value] for key, value in facts.items()],
        "comment_title": words.word("comment", language),
        "comment": report["comment"] or "",
        "sections": [section for section in sections if section["tables"]],
    }


def table(title: str, rows: list[list[Cell]]) -> dict[str, Any]:
    """Return a sheet as the page draws it: cells in words, one after another."""
    heading, *body = rows
    # A long ranking is cut; its last row is the total.
    shown = body if len(body) <= MOST_ROWS else [*body[: MOST_ROWS - 1], body[-1]]
    return {
        "title": title,
        "columns": len(heading),
        "cells": [_text(cell) for row in (heading, *shown) for cell in row],
    }


def _text(cell: Cell) -> str:
    if isinstance(cell, Number):
        places = DIGITS.get() if cell.kind is Kind.MONEY else PLACES.get(cell.kind, 2)
        return f"{cell.value:,.{places}f}{'%' if cell.kind is Kind.PERCENT else ''}"
    return "—" if cell is None else cell
