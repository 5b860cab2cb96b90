"""Each report that leaves the house as a file stands in the log: a download is a read, its row a commit of its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.document import build
from app.core.db import Database
from app.services.reports import exports as report_exports
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team

pytestmark = pytest.mark.commits


MARCH = {"date_from": "2026-03-01", "date_to": "2026-03-31"}
LEAVES = ("text/csv", "application/pdf", "application/vnd.openxmlformats")
"""What begins the media types of files with people's figures."""


def leaving(app: FastAPI) -> dict[str, set[str]]:
    """Return the operations of the contract that answer files with figures, and as what."""
    found = {}
    for path, methods in build(app)["paths"].items():
        for operation in methods.values():
            types = operation["responses"].get("200", {}).get("content", {})
            if any(one.startswith(LEAVES) for one in types):
                found[path.removeprefix("/api/v1")] = set(types)
    return found


async def told(admin: httpx.AsyncClient) -> list[tuple[int, dict[str, Any]]]:
    rows = (await admin.get("/audit", params={"action": "export", "sort": "id"})).json()["items"]
    return [(row["actor"]["id"], {name: both[1] for name, both in row["changes"].items()}) for row in rows]


async def test_each_file_leaves_a_row_with_who_what_and_the_filters(app: FastAPI, team: Team) -> None:
    async with patient(app, team.executive) as person, patient(app, team.admin) as admin:
        asked = {**MARCH, "format": "csv", "region": "east"}
        assert (await person.get("/reports/pipeline/export", params=asked)).status_code == 200
        (row,) = await told(admin)
    assert row == (
        team.executive.id, {"code": "pipeline", "format": "csv", "region": "east", **MARCH, "rows": row[1]["rows"]}
    )  # fmt: skip


async def test_every_file_of_the_contract_stands_in_the_log_each_time(
    app: FastAPI, team: Team, committed: Database
) -> None:
    async with committed.write() as session:
        make = Make(session)
        customer = await make.customer(team.manager, "甲公司")
        await make.order(
            customer,
            (await make.product(price=Decimal("10.01")), 2),
            date=date(2026, 3, 5),
            status="completed",
            owner_id=team.manager.id,
        )
        await session.commit()
    async with (
        patient(app, team.executive) as person,
        patient(app, team.supervisor) as head,
        patient(app, team.admin) as admin,
    ):
        asked = {"code": "contribution", "format": "csv", "language": "zh-CN", "query": MARCH}
        export = (await person.post("/reports/exports", json=asked)).json()
        assert await told(admin) == []  # nothing has left yet
        async with committed.write() as session:
            await report_exports.run(Make(session).ctx, export["id"])
            await session.commit()
        draft = (
            await head.post("/periodic-reports", json={"month": "2026-03-01", "department_id": team.east.id})
        ).json()
        files: dict[str, tuple[httpx.AsyncClient, str, dict[str, Any]]] = {
            "/reports/{code}/export": (person, "/reports/contribution/export?date_from=2026-03-01&date_to=2026-03-31", {
                "code": "contribution", "format": "xlsx", **MARCH}),
            "/reports/exports/{export_id}/file": (person, f"/reports/exports/{export['id']}/file", {
                "code": "contribution", "format": "csv", **MARCH}),
            "/periodic-reports/{report_id}/pdf": (head, f"/periodic-reports/{draft['id']}/pdf", {
                "code": "periodic", "format": "pdf", "number": draft["number"], "month": "2026-03"}),
        }  # fmt: skip
        assert leaving(app).keys() == files.keys()
        for times, (taker, address, facts) in enumerate(files.values(), 1):
            answer = await taker.get(address)
            assert answer.status_code == 200, answer.text
            rows = await told(admin)
            assert len(rows) == times
            assert rows[-1][1] == {**facts, "rows": rows[-1][1]["rows"]}
            assert rows[-1][1]["rows"] > 0
        assert (await person.get(files["/reports/exports/{export_id}/file"][1])).status_code == 200
        assert len(await told(admin)) == len(files) + 1
