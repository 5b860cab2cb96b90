"""Reports as files: the numbers of the screen, all rows, no formulas, and nobody else's."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select

from app.models.reports.exports import ReportExport
from app.services.reports import exports as report_exports
from app.services.reports import frame as report_frame
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MARCH = "date_from=2026-03-01&date_to=2026-03-31"
QUERY = {"date_from": "2026-03-01", "date_to": "2026-03-31"}


def workbook(content: bytes) -> dict[str, list[list[Any]]]:
    """Read a workbook back: by sheet its rows, numbers as decimals; fails at a formula."""
    book = zipfile.ZipFile(io.BytesIO(content))
    texts = ["".join(item.itertext()) for item in _xml(book, "xl/sharedStrings.xml")]
    found = {}
    for place, sheet in enumerate(_xml(book, "xl/workbook.xml").iter(f"{XML}sheet"), 1):
        rows = []
        for row in _xml(book, f"xl/worksheets/sheet{place}.xml").iter(f"{XML}row"):
            cells: list[Any] = []
            for cell in row.iter(f"{XML}c"):
                assert cell.find(f"{XML}f") is None
                text = "".join(cell.itertext())
                cells.append({"s": lambda t: texts[int(t)], "inlineStr": str}.get(cell.get("t", ""), Decimal)(text))
            rows.append(cells)
        found[sheet.get("name") or ""] = rows
    return found


def _xml(book: zipfile.ZipFile, name: str) -> ET.Element:
    if name not in book.namelist():
        return ET.Element("none")
    return ET.fromstring(book.read(name))  # noqa: S314  written by ourselves a moment ago


async def sell(make: Make, team: Team, names: list[str]) -> None:
    product = await make.product(price=Decimal("10.01"))
    for count, name in enumerate(names, 1):
        customer = await make.customer(team.manager, name)
        facts: dict[str, Any] = {"status": "completed", "owner_id": team.manager.id}
        await make.order(customer, (product, count), date=make.ctx.today.replace(2026, 3, 5), **facts)


class TestExportReport:
    async def test_a_workbook_holds_the_numbers_of_the_screen(self, make: Make, team: Team, as_: As) -> None:
        await sell(make, team, ["甲公司", '=HYPERLINK("http://evil","x")'])
        person = as_(team.executive)
        answer = await person.get(f"/reports/contribution/export?{MARCH}")
        assert answer.headers["content-type"] == report_exports.TYPES["xlsx"]
        assert "filename*=UTF-8''%E5%AE%A2" in answer.headers["content-disposition"]
        sheets = workbook(answer.content)
        assert list(sheets) == ["客户贡献分析", "客户", "按月"]
        heading, first, second, total = sheets["客户"]
        assert heading[:5] == ["客户", "合计", "占比", "累计占比", "订单数"]
        assert first[:5] == ['=HYPERLINK("http://evil","x")', Decimal("20.02"), Decimal("66.67"), Decimal("66.67"), 1]
        assert second[0] == "甲公司"
        assert total[:2] == ["合计", Decimal("30.03")]
        assert sheets["客户贡献分析"][0] == ["期间", "2026-03-01 – 2026-03-31"]

    async def test_a_csv_is_read_by_spreadsheets_and_runs_nothing(self, make: Make, team: Team, as_: As) -> None:
        await sell(make, team, ["=1+1", "@SUM(A1)", "-2"])
        answer = await as_(team.executive).get(f"/reports/contribution/export?{MARCH}&format=csv&language=en-US")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows if row and row[0][:1] == "'"] == ["'-2", "'@SUM(A1)", "'=1+1"]
        assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)

    @pytest.mark.parametrize("language", ["zh-CN", "en-US"])
    async def test_every_report_is_worded(self, language: str, make: Make, team: Team, as_: As) -> None:
        customer = await make.customer(team.manager)
        await make.service(customer, team.manager)
        await make.activity(customer, team.manager)
        for code in report_exports.reports.REPORTS:
            answer = await as_(team.executive).get(f"/reports/{code}/export?language={language}")
            sheets = workbook(answer.content)
            words = {cell for rows in sheets.values() for row in rows[:1] for cell in row} | set(sheets)
            assert {word for word in words if "_" in word or word in report_exports.words.WORDS} == set(), code

    async def test_all_rows_are_in_the_file_and_a_large_one_is_refused(
        self, make: Make, team: Team, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await sell(make, team, [f"客户{n}" for n in range(5)])
        monkeypatch.setattr(report_frame, "ON_SCREEN", 3)
        person = as_(team.executive)
        shown = (await person.get(f"/reports/contribution?{MARCH}")).json()["tables"][0]
        assert (len(shown["rows"]), shown["cut"]) == (3, True)
        sheets = workbook((await person.get(f"/reports/contribution/export?{MARCH}")).content)
        assert len(sheets["客户"]) == 1 + 5 + 1
        monkeypatch.setattr(report_exports, "AT_ONCE", 3)
        refused = await person.get(f"/reports/contribution/export?{MARCH}")
        assert (refused.status_code, refused.json()["code"]) == (409, "too_large")

    async def test_who_may_not(self, team: Team, as_: As, client: Client) -> None:
        assert (await client.get("/api/v1/reports/pipeline/export")).status_code == 401
        for person in (team.manager, team.admin):
            assert (await as_(person).get("/reports/pipeline/export")).status_code == 403
            assert (await as_(person).post("/reports/exports", json={"code": "pipeline"})).status_code == 403

    async def test_an_unknown_kind_is_422(self, team: Team, as_: As) -> None:
        assert (await as_(team.executive).get("/reports/pipeline/export?format=pdf")).status_code == 422


class TestReportExports:
    async def test_a_file_is_written_in_the_background_for_its_asker(self, make: Make, team: Team, as_: As) -> None:
        await sell(make, team, ["甲公司"])
        person = as_(team.supervisor)
        body = {"code": "contribution", "query": QUERY, "language": "en-US"}
        asked = await person.post("/reports/exports", json=body)
        assert (asked.status_code, asked.json()["status"]) == (202, "waiting")
        path = f"/reports/exports/{asked.json()['id']}"
        assert (await person.get(f"{path}/file")).json()["code"] == "not_ready"
        for _ in range(2):
            await report_exports.run(make.ctx, asked.json()["id"])
            await make.session.commit()
        done = (await person.get(path)).json()
        assert (done["status"], done["name"]) == ("done", "Contribution analysis 2026-03-01 2026-03-31.xlsx")
        assert workbook((await person.get(f"{path}/file")).content)["Customers"][1][0] == "甲公司"
        assert [one["id"] for one in (await person.get("/reports/exports")).json()["items"]] == [done["id"]]
        for other in (team.executive, team.other_supervisor):
            assert (await as_(other).get(path)).status_code == 404
            assert (await as_(other).get(f"{path}/file")).status_code == 404
            assert (await as_(other).get("/reports/exports")).json()["items"] == []

    async def test_it_is_written_with_the_rights_of_its_asker(self, make: Make, team: Team, as_: As) -> None:
        await sell(make, team, ["甲公司"])
        asked = await as_(team.other_supervisor).post("/reports/exports", json={"code": "contribution", "query": QUERY})
        await report_exports.run(make.ctx, asked.json()["id"])
        await make.session.commit()
        answer = await as_(team.other_supervisor).get(f"/reports/exports/{asked.json()['id']}/file")
        assert len(workbook(answer.content)["客户"]) == 2

    async def test_who_lost_the_right_gets_no_file(self, make: Make, team: Team, as_: As) -> None:
        asked = await as_(team.supervisor).post("/reports/exports", json={"code": "pipeline"})
        team.supervisor.flag = "disabled"
        await make.session.commit()
        await report_exports.run(make.ctx, asked.json()["id"])
        export = await make.session.get(ReportExport, asked.json()["id"])
        assert export is not None
        assert export.status == "failed"

    async def test_files_go_after_a_day(self, make: Make, team: Team, as_: As) -> None:
        for age in (timedelta(hours=25), timedelta(hours=23)):
            asked = await as_(team.supervisor).post("/reports/exports", json={"code": "pipeline"})
            export = await make.session.get(ReportExport, asked.json()["id"])
            assert export is not None
            export.created_at -= age
            await make.session.commit()
        await report_exports.purge(make.ctx)
        assert await make.session.scalar(select(func.count()).select_from(ReportExport)) == 1
