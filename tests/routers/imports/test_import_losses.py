"""Importing churn entries with their measures: by the steps of churn, on their own days, and safe to send again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from app.services.care import loss_detection
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_activities import figure
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import a_house

As = Callable[..., Client]
LOST: dict[str, Any] = {
    "external_id": "v1", "customer_external_id": "c1", "manager_external_id": "u2", "found_at": "2021-03-01",
    "last_order_date": "2020-08-01", "measures": [
        {"text": "上门拜访", "review_date": "2021-04-01", "at": "2021-03-02", "by_external_id": "u1"},
        {"text": "打折", "review_date": "2021-05-01", "at": "2021-04-02"},
    ],
    "reason": "price", "note": "嫌贵", "lost_date": "2021-05-10", "confirmed_at": "2021-05-11T09:00:00+08:00",
    "returned_at": "2022-01-05",
}  # fmt: skip
OPEN = {"external_id": "v2", "customer_external_id": "c2", "found_at": "2021-03-01"}


async def found(client: Client, external_id: str) -> dict[str, Any]:
    row = (await client.get(f"/losses?external_id={external_id}")).json()["items"][0]
    return (await client.get(f"/losses/{row['id']}")).json()


async def status(client: Client, loss: dict[str, Any]) -> str:
    return (await client.get(f"/customers/{loss['customer']['id']}")).json()["status"]


async def test_it_went_its_way_when_and_by_whom_the_row_says(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    for outcome in ("created", "unchanged"):
        result = await one(as_(team.admin), "losses", LOST)
        assert result["outcome"] == outcome, result
    loss = await found(as_(team.manager), "v1")
    assert (loss["status"], loss["lost_date"], loss["closed_at"], loss["returned_at"], loss["found_at"]) == (
        "lost", "2021-05-10", "2021-05-11T01:00:00Z", "2022-01-04T16:00:00Z", "2021-02-28T16:00:00Z",
    )  # fmt: skip
    assert (loss["manager"]["name"], loss["found_manager"]["name"], loss["found_reason"]["days"]) == (
        "小明",
        "小红",
        212,
    )
    assert [(one["date"], one["by"]["name"]) for one in loss["measures"]] == [
        ("2021-03-02", "小明"),
        ("2021-04-02", "小红"),
    ]
    assert await status(as_(team.manager), loss) == "normal"
    entries = (await make.session.scalars(select(LogEntry).where(LogEntry.entity == "losses"))).all()
    assert {"create", "delay", "confirm", "return"} <= {entry.action for entry in entries}
    assert {entry.actor_id for entry in entries} == {team.admin.id}
    assert {entry.at.date() for entry in entries} == {make.now().date()}
    assert await make.session.scalar(select(func.count()).select_from(Notice)) == 0


async def test_reports_count_it_on_its_days(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await send(as_(team.admin), "losses", LOST, OPEN | {"recovered_at": "2021-05-20"})
    may, today = "date_from=2021-05-01&date_to=2021-05-31", f"date_from={make.today}&date_to={make.today}"
    for days, lost, rate in ((may, 1, 50), (today, 0, None)):
        assert await figure(as_(team.executive), f"loss?{days}", "lost_customers") == lost
        report = (await as_(team.executive).get(f"/reports/loss?{days}")).json()
        value = next(one["value"] for one in report["figures"] if one["key"] == "recovery_rate")
        assert (value and float(value)) == rate


async def test_a_row_sent_again_goes_on_where_it_stands(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    end = {name: LOST[name] for name in ("reason", "note", "lost_date", "confirmed_at")}
    begin = {name: value for name, value in LOST.items() if name not in {*end, "returned_at", "measures"}}
    late = {"text": "再谈", "review_date": "2999-01-01", "at": "2021-04-20"}
    for row, state, customer in (
        (begin, "warning", "warning"), (begin | {"measures": LOST["measures"]}, "warning", "warning"),
        (begin | {"measures": [*LOST["measures"], late]}, "delayed", "warning"), (begin | end, "lost", "lost"), (LOST, "lost", "normal"),
    ):  # fmt: skip
        for outcome in ({"created", "updated"}, {"unchanged"}):
            result = await one(admin, "losses", row)
            assert result["outcome"] in outcome, (state, result)
        loss = await found(manager, "v1")
        assert (loss["status"], await status(manager, loss)) == (state, customer)
    assert len(loss["measures"]) == 3
    rewritten = await one(admin, "losses", LOST | {"measures": [LOST["measures"][0] | {"text": "别的"}]})
    assert (rewritten["outcome"], rewritten["kept"][0]["pointer"]) == ("unchanged", "/rows/0/measures/0/text")
    other = LOST | {"reason": "service", "found_at": "2021-02-01", "customer_external_id": "c2"}
    assert codes(await one(admin, "losses", other)) == {
        (f"/rows/0/{name}", "fixed") for name in ("reason", "found_at", "customer_external_id")
    }  # fmt: skip


async def test_a_recovered_entry_is_not_returned_when_its_row_comes_again(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager = as_(team.admin), as_(team.manager)
    again = OPEN | {"recovered_at": "2021-05-20"}
    assert [(await one(admin, "losses", again))["outcome"] for _ in range(2)] == ["created", "unchanged"]
    later = await one(admin, "losses", OPEN | {"recovered_at": "2021-06-20"})
    assert (later["outcome"], later["kept"][0]["pointer"]) == ("unchanged", "/rows/0/recovered_at")
    assert codes(await one(admin, "losses", OPEN | {"reason": "price"})) == {("/rows/0/reason", "not_in_state")}
    loss = await found(manager, again["external_id"])
    assert (loss["status"], loss["closed_at"][:10], loss["returned_at"]) == ("recovered", "2021-05-19", None)


async def test_the_customer_is_as_its_newest_entry_says(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    old = LOST | {"external_id": "v0", "found_at": "2020-09-01", "measures": [], "lost_date": "2020-10-01", "confirmed_at": None,
                  "returned_at": "2020-11-01", "last_order_date": None}  # fmt: skip
    lost = {name: value for name, value in LOST.items() if name != "returned_at"}
    assert outcomes(await send(as_(team.admin), "losses", lost, old)) == ["created", "created"]
    assert await status(as_(team.manager), await found(as_(team.manager), "v1")) == "lost"


async def test_the_search_of_tonight_leaves_it_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await send(as_(team.admin), "losses", OPEN)
    await loss_detection.detect(make.ctx)
    assert (await as_(team.manager).get("/losses")).json()["total"] == 1


async def test_what_is_wrong_is_refused_alone(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    made = await make.customer(team.manager, external_id="c3", last_order_date=make.today)
    rows: list[dict[str, Any]] = [
        OPEN | {"external_id": "b1", "lost_date": "2021-04-01"}, OPEN, OPEN | {"external_id": "b2", "found_at": "2021-04-01"},
        LOST | {"external_id": "b3", "reason": "pigeon"}, LOST | {"external_id": "b4", "lost_date": "2020-07-01", "confirmed_at": None, "found_at": "2020-07-01"},
        LOST | {"external_id": "b5", "measures": [{"text": "x", "review_date": "2021-03-01"}]},
        LOST | {"external_id": "b6", "recovered_at": "2021-06-01"}, LOST,
        {"external_id": "b7", "customer_external_id": "c3", "found_at": "2021-03-01", "reason": "price", "lost_date": "2021-04-01"},
    ]  # fmt: skip
    results = await send(as_(team.admin), "losses", *rows)
    refused = [n for n, result in enumerate(results) if result["outcome"] == "refused"]
    assert refused == [0, 2, 3, 4, 5, 6, 8], [(n, result["errors"]) for n, result in enumerate(results)]
    assert [codes(results[n]) for n in refused] == [
        {("/rows/0/reason", "required")}, {("/rows/2/customer_external_id", "open_entry")},
        {("/rows/3/reason", "not_in_dictionary")}, {("/rows/4/last_order_date", "out_of_turn")},
        {("/rows/5/measures/0/review_date", "not_after_today")}, {("/rows/6/recovered_at", "not_in_state")},
        {("/rows/8/returned_at", "required")},
    ]  # fmt: skip
    assert (await as_(team.manager).get(f"/customers/{made.id}")).json()["status"] == "normal"
    assert (await as_(team.manager).get("/losses")).json()["total"] == 2
    told = await as_(team.admin).post("/imports/losses", json={"rows": rows[2:3]}, headers={"Accept-Language": "zh"})
    assert told.json()["results"][0]["errors"][0]["message"] == "此客户另有未结束的流失记录。"


async def test_a_loss_that_was_taken_back_here_stays_so(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    row = {name: value for name, value in LOST.items() if name != "returned_at"}
    loss_id = (await one(as_(team.admin), "losses", row))["id"]
    answer = await as_(team.supervisor).post(f"/losses/{loss_id}/revoke", json={"reason": "弄错了"})
    assert answer.status_code == 200, answer.text
    result = await one(as_(team.admin), "losses", row)
    assert result["outcome"] == "unchanged", result
    assert "/rows/0/lost_date" in {kept["pointer"] for kept in result["kept"]}
    assert (await found(as_(team.manager), "v1"))["status"] == "warning"
