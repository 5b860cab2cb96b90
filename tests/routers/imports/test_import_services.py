"""Importing services with their rounds: by the steps of a service, on their own days, and safe to send again."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_activities import figure
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, send
from tests.routers.imports.test_order_imports import a_house

As = Callable[..., Client]
BAD: dict[str, Any] = {
    "deal": "换了电源", "dealt_at": "2021-03-02T09:00:00+08:00", "result": "还是不行", "satisfaction": 2,
    "feedback_at": "2021-03-03T09:00:00+08:00",
}  # fmt: skip
GOOD: dict[str, Any] = {
    "deal": "换了主板", "dealt_at": "2021-03-04T09:00:00+08:00", "dealt_by_external_id": "u1", "result": "好了",
    "satisfaction": 5, "feedback_at": "2021-03-05T09:00:00+08:00", "feedback_by_external_id": "u1",
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "external_id": "s1", "title": "开不了机", "request": "按了没有反应", "type": "request", "customer_external_id": "c1",
    "creator_external_id": "u1", "opened_at": "2021-03-01T09:00:00+08:00", "assignee_external_id": "u2",
    "assigned_at": "2021-03-01T11:00:00+08:00", "deadline": "2021-03-03T09:00:00+08:00", "rounds": [BAD, GOOD],
}  # fmt: skip
MARCH, TODAY = "date_from=2021-03-01&date_to=2021-03-31", "date_from={0}&date_to={0}"


async def found(client: Client, external_id: str) -> dict[str, Any]:
    row = (await client.get(f"/services?external_id={external_id}")).json()["items"][0]
    return (await client.get(f"/services/{row['id']}")).json()


async def test_it_went_its_way_when_and_by_whom_the_row_says(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    for outcome in ("created", "unchanged"):
        result = await one(as_(team.admin), "services", SERVICE)
        assert result["outcome"] == outcome, result
    row = await found(as_(team.manager), "s1")
    assert (row["status"], row["satisfaction"], row["reopen_count"], row["closed_at"], row["created_at"]) == (
        "archived", 5, 1, "2021-03-05T01:00:00Z", "2021-03-01T01:00:00Z",
    )  # fmt: skip
    assert row["number"].startswith(f"FW{make.today:%Y%m%d}")
    assert (row["creator"]["name"], row["assignee"]["name"], row["assigned_at"]) == (
        "小明",
        "小红",
        "2021-03-01T03:00:00Z",
    )
    assert [(one["n"], one["dealt_by"]["name"], one["feedback_by"]["name"], one["satisfaction"]) for one in row["rounds"]] == [
        (1, "小红", "小红", 2), (2, "小明", "小明", 5),
    ]  # fmt: skip
    log = select(LogEntry).where(LogEntry.entity == "services").order_by(LogEntry.id)
    entries = (await make.session.scalars(log)).all()
    assert {entry.actor_id for entry in entries} == {team.admin.id}
    assert {"create", "assign", "deal", "reopen", "feedback"} <= {entry.action for entry in entries}
    assert await make.session.scalar(select(func.count()).select_from(Notice)) == 0


async def test_reports_count_it_on_its_days(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    once = SERVICE | {"external_id": "s2", "rounds": [GOOD | {"dealt_at": "2021-03-02T09:00:00+08:00"}]}
    await send(as_(team.admin), "services", SERVICE, once)
    executive = as_(team.executive)
    wanted = {"count": 2, "assign_hours": 2, "deal_hours": 24, "satisfaction": 5, "once_rate": 50, "overdue": 1}
    for name, value in wanted.items():
        assert await figure(executive, f"service?{MARCH}", name) == Decimal(value), name
    assert await figure(executive, f"service?{TODAY.format(make.today)}", "count") == 0


async def test_a_row_sent_again_goes_on_where_it_stands(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    opened = {
        name: value for name, value in SERVICE.items() if name not in {"assignee_external_id", "assigned_at", "rounds"}
    }
    dealt = BAD | {"result": None, "satisfaction": None, "feedback_at": None}
    for row, status in (
        (opened, "created"), (SERVICE | {"rounds": []}, "assigned"), (SERVICE | {"rounds": [dealt]}, "dealt"),
        (SERVICE | {"rounds": [BAD]}, "assigned"), (SERVICE, "archived"),
    ):  # fmt: skip
        for outcome in ({"created", "updated"}, {"unchanged"}):
            result = await one(admin, "services", row)
            assert result["outcome"] in outcome, (status, result)
        assert (await found(manager, "s1"))["status"] == status
    rewritten = await one(admin, "services", SERVICE | {"rounds": [BAD | {"deal": "别的"}, GOOD]})
    assert (rewritten["outcome"], [kept["pointer"] for kept in rewritten["kept"]]) == (
        "unchanged",
        ["/rows/0/rounds/0/deal"],
    )
    closed = await one(admin, "services", SERVICE | {"title": "另一个"})
    assert codes(closed) == {("/rows/0", "illegal_transition")}


async def test_facts_of_an_open_one_change_and_what_is_fixed_stays(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, row = as_(team.admin), SERVICE | {"rounds": []}
    await one(admin, "services", row)
    assert (await one(admin, "services", row | {"title": "黑屏", "assignee_external_id": "u1"}))["outcome"] == "updated"
    after = await found(as_(team.manager), "s1")
    assert (after["title"], after["assignee"]["name"]) == ("黑屏", "小明")
    wrong = row | {"customer_external_id": "c2", "opened_at": "2021-02-01", "creator_external_id": "u2"}
    assert codes(await one(admin, "services", wrong)) == {
        (f"/rows/0/{name}", "fixed") for name in ("customer_external_id", "opened_at", "creator_external_id")
    }  # fmt: skip
    void = await one(
        admin,
        "services",
        row | {"title": "黑屏", "assignee_external_id": "u1", "void_reason": "重复", "voided_at": "2021-03-02"},
    )
    assert void["outcome"] == "updated", void
    after = await found(as_(team.manager), "s1")
    assert (after["status"], after["void_reason"], after["closed_at"]) == ("void", "重复", "2021-03-01T16:00:00Z")


async def test_the_rules_of_the_noun_hold_and_a_refused_row_is_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    complaint = SERVICE | {"external_id": "s2", "type": "complaint", "rounds": [GOOD]}
    visited = complaint | {
        "external_id": "s3",
        "rounds": [GOOD | {"visit_at": "2021-03-05T08:00:00+08:00", "visit_by_external_id": "u2"}],
    }
    rows: list[dict[str, Any]] = [
        complaint, SERVICE, SERVICE | {"external_id": "b1", "severity": "high"},
        SERVICE | {"external_id": "b2", "assignee_external_id": None}, visited,
        SERVICE | {"external_id": "b3", "rounds": [GOOD, BAD]}, SERVICE | {"external_id": "b4", "rounds": [GOOD | {"result": None}]},
        SERVICE | {"external_id": "b5", "rounds": [GOOD | {"dealt_by_external_id": "nobody"}]},
        SERVICE | {"external_id": "b6", "rounds": [GOOD | {"dealt_at": "2021-02-01"}]},
        {"external_id": "s4", "title": "又坏了", "request": "同前", "origin_external_id": "s1", "opened_at": "2021-05-01"},
    ]  # fmt: skip
    results = await send(as_(team.admin), "services", *rows)
    refused = [n for n, result in enumerate(results) if result["outcome"] == "refused"]
    assert refused == [0, 2, 3, 5, 6, 7, 8], [(n, result["errors"]) for n, result in enumerate(results)]
    assert [codes(results[n]) for n in refused] == [
        {("/rows/0/rounds/0", "visit_first")}, {("/rows/2/severity", "not_a_complaint")},
        {("/rows/3/rounds/0", "illegal_transition")}, {("/rows/5/rounds/1/dealt_at", "out_of_turn")},
        {("/rows/6/rounds/0/result", "required")}, {("/rows/7/rounds/0/dealt_by_external_id", "not_found")},
        {("/rows/8/rounds/0/dealt_at", "out_of_turn")},
    ]  # fmt: skip
    assert (await found(as_(team.manager), "s3"))["rounds"][0]["visit_by"]["name"] == "小红"
    follow = await found(as_(team.manager), "s4")
    assert (follow["type"], follow["origin"]["title"], follow["customer"] is not None) == ("request", "开不了机", True)
    entities = select(LogEntry.entity_id).where(LogEntry.entity == "services")
    assert len({*(await make.session.scalars(entities))}) == 3
    told = await as_(team.admin).post("/imports/services", json={"rows": rows[:1]}, headers={"Accept-Language": "zh"})
    assert "回访" in told.json()["results"][0]["errors"][0]["message"]


async def test_what_it_can_do_without_is_set_aside(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    row = SERVICE | {
        "channel": "pigeon",
        "linkman_external_id": "x",
        "rounds": [GOOD | {"dealt_by_external_id": "nobody"}],
    }
    result = await one(as_(team.admin), "services", row, on_invalid_optional="set_aside")
    assert result["outcome"] == "created", result
    assert {aside["pointer"] for aside in result["set_aside"]} == {
        "/rows/0/channel", "/rows/0/linkman_external_id", "/rows/0/rounds/0/dealt_by_external_id",
    }  # fmt: skip
    assert (await found(as_(team.manager), "s1"))["rounds"][0]["dealt_by"]["name"] == "小红"


async def test_whom_a_person_gave_it_to_has_it(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, row = as_(team.admin), SERVICE | {"rounds": []}
    service_id = (await one(admin, "services", row))["id"]
    given = await as_(team.supervisor).post(f"/services/{service_id}/assign", json={"assignee_id": team.manager.id})
    assert given.status_code == 200, given.text
    result = await one(admin, "services", row | {"title": "黑屏"})
    assert result["outcome"] == "updated"
    assert "/rows/0/assignee_external_id" in {kept["pointer"] for kept in result["kept"]}
    after = await found(as_(team.manager), "s1")
    assert (after["title"], after["assignee"]["name"]) == ("黑屏", "小明")


async def test_a_closed_one_of_the_screen_gets_its_external_id(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    service = await make.service(await make.customer(team.manager), team.manager, status="archived")
    row = {"number": service.number, "external_id": "s9", "title": service.title, "request": service.request}
    assert (await one(as_(team.admin), "services", row))["outcome"] == "updated"
    assert (await found(as_(team.manager), "s9"))["id"] == service.id


async def test_who_left_had_it_all_the_same(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    team.colleague.flag = "disabled"
    await make.session.commit()
    assert (await one(as_(team.admin), "services", SERVICE))["outcome"] == "created"
    row = await found(as_(team.manager), "s1")
    assert (row["assignee"]["name"], row["rounds"][0]["dealt_by"]["name"]) == ("小红", "小红")
