"""Batches of one run are one import and one act; the log names the act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from app.models.base.acts import Act
from app.models.base.audit import LogEntry
from app.models.imports.imports import ImportedRow
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
RUN = str(uuid4())
NONE_BACK = {"removed": 0, "restored": 0, "kept": 0}
PRODUCTS = [{"external_id": "p1", "name": "甲"}, {"external_id": "p2", "name": "乙"}, {"external_id": "p3"}]


async def send(client: Client, noun: str, rows: list[dict[str, Any]], **more: Any) -> Any:
    return await client.post(f"/imports/{noun}", json={"rows": rows} | more)


async def test_batches_of_a_run_are_one_import(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    for noun, rows in (
        ("products", PRODUCTS),
        ("products", PRODUCTS[:2]),
        ("departments", [{"external_id": "d", "name": "D"}]),
    ):
        answer = await send(admin, noun, rows, run=RUN, source="old crm")
        assert (answer.status_code, answer.json()["run"]) == (200, RUN)
    run = (await admin.get(f"/imports/runs/{RUN}")).json()
    assert (run["source"], run["by"]["name"]) == ("old crm", "管理员")
    assert run["nouns"] == [
        {"noun": "departments", "created": 1, "updated": 0, "unchanged": 0, "refused": 0} | NONE_BACK,
        {"noun": "products", "created": 2, "updated": 0, "unchanged": 2, "refused": 1} | NONE_BACK,
    ]


async def test_the_log_names_the_act_and_rows_their_records(team: Team, as_: As, make: Make) -> None:
    admin = as_(team.admin)
    await send(admin, "products", PRODUCTS, run=RUN)
    await admin.post("/products", json={"name": "screen"})
    act = (await make.session.scalars(select(Act))).one()
    assert (act.kind, act.count, act.by) == ("import", 2, team.admin.id)
    named = await make.session.execute(select(LogEntry.act_id, LogEntry.entity_id).where(LogEntry.entity == "products"))
    acts = {record: of for of, record in named}
    rows = list(await make.session.scalars(select(ImportedRow).order_by(ImportedRow.row)))
    assert [(row.outcome, row.record_id is None) for row in rows] == [
        ("created", False), ("created", False), ("refused", True),
    ]  # fmt: skip
    assert [acts[row.record_id] for row in rows[:2]] == [act.id, act.id]
    assert sorted(str(of) for of in acts.values()) == sorted([str(act.id), str(act.id), "None"])


async def test_a_batch_without_a_run_is_one_by_itself(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    runs = {(await send(admin, "products", PRODUCTS)).json()["run"] for _ in range(2)}
    assert len(runs) == 2
    dry = await admin.post("/imports/products?dry_run=true", json={"rows": PRODUCTS, "run": RUN})
    assert dry.json()["run"] is None
    assert (await admin.get(f"/imports/runs/{RUN}")).status_code == 404


async def test_what_does_not_fit_the_run_is_refused(team: Team, as_: As, make: Make) -> None:
    await send(as_(team.admin), "products", PRODUCTS, run=RUN, source="one")
    other = await send(as_(team.admin), "products", PRODUCTS, run=RUN, source="two")
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/source")
    somebody = as_(await with_rights(make, team, all=("imports:write",)))
    theirs = await send(somebody, "products", PRODUCTS, run=RUN)
    assert (theirs.status_code, theirs.json()["errors"][0]["pointer"]) == (422, "/run")
    assert (await send(as_(team.admin), "products", PRODUCTS, run="nothing")).status_code == 422
    assert (await as_(team.supervisor).get(f"/imports/runs/{RUN}")).status_code == 403


async def test_runs_are_listed_newest_first(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    sent = [(await send(admin, "products", PRODUCTS, source=f"system {n}")).json()["run"] for n in range(3)]
    first = (await admin.get("/imports/runs?limit=2")).json()
    rest = (await admin.get(f"/imports/runs?limit=2&cursor={first['next_cursor']}")).json()
    listed = first["items"] + rest["items"]
    assert ([one["run"] for one in listed], first["total"], rest["next_cursor"]) == (sent[::-1], 3, None)
    assert (listed[0]["source"], listed[0]["state"], listed[0]["by"]["name"]) == ("system 2", "done", "管理员")
    assert listed[0] == (await admin.get(f"/imports/runs/{sent[-1]}")).json()
    assert days(listed[0]) == 30
    assert (await as_(team.supervisor).get("/imports/runs")).status_code == 403


def days(run: dict[str, Any]) -> int:
    return (datetime.fromisoformat(run["until"]) - datetime.fromisoformat(run["at"])).days
