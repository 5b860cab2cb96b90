"""Importing activities: on their own days, by their own writers, by the rules, and safe to send again."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from app.models.customers.activities import Activity
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_keys import one
from tests.routers.imports.test_imports import codes, outcomes, send
from tests.routers.imports.test_order_imports import a_house

As = Callable[..., Client]
VISIT: dict[str, Any] = {
    "external_id": "a1", "title": "拜访", "customer_external_id": "c1", "writer_external_id": "u1",
    "at": "2021-03-04T10:00:00+08:00", "kind": "visit", "next_step": "报价", "next_at": "2021-03-09T10:00:00+08:00",
}  # fmt: skip


async def found(client: Client, external_id: str) -> dict[str, Any]:
    return (await client.get(f"/activities?external_id={external_id}")).json()["items"][0]


async def figure(client: Client, report: str, name: str) -> Decimal:
    """Return a figure of an analysis."""
    answer = await client.get(f"/reports/{report}")
    assert answer.status_code == 200, answer.text
    return Decimal({one["key"]: one["value"] for one in answer.json()["figures"]}[name])


async def test_it_is_its_writer_s_of_its_day_and_the_log_says_who_brought_it(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    result = await one(as_(team.admin), "activities", VISIT)
    assert result["outcome"] == "created", result
    row = await found(as_(team.manager), "a1")
    assert (row["writer"]["name"], row["at"], row["created_at"]) == ("小明", "2021-03-04T02:00:00Z", row["at"])
    assert row["allowed_actions"] == ["update", "delete"]
    customer = (await as_(team.manager).get(f"/customers/{row['customer']['id']}")).json()
    assert (customer["last_activity_at"], customer["next_at"]) == (row["at"], row["next_at"])
    entry = (await make.session.scalars(select(LogEntry).where(LogEntry.entity == "activities"))).one()
    assert (entry.action, entry.actor_id, entry.at.date()) == ("create", team.admin.id, make.now().date())
    assert entry.act_id is not None
    updated = select(Activity.updated_at).execution_options(scoped="all")
    assert (await make.session.scalars(updated)).one() == entry.at


async def test_reports_count_it_in_its_week(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await send(as_(team.admin), "activities", VISIT, VISIT | {"external_id": "a2", "writer_external_id": "u2"})

    for first, last, count in (("2021-03-01", "2021-03-07", 2), (make.today, make.today, 0)):
        days = f"date_from={first}&date_to={last}"
        assert await figure(as_(team.executive), f"activity?{days}", "activities") == count


async def test_sent_again_it_is_unchanged_and_facts_may_change(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin = as_(team.admin)
    for outcome in ("created", "unchanged"):
        assert (await one(admin, "activities", VISIT))["outcome"] == outcome
    moved = VISIT | {"at": "2021-03-05", "chance_external_id": "h1", "next_at": None, "kind": None}
    assert codes(await one(admin, "activities", moved)) == {("/rows/0/kind", "string_type")}
    del moved["kind"]
    assert (await one(admin, "activities", moved))["outcome"] == "updated"
    row = await found(as_(team.manager), "a1")
    assert (row["at"], row["next_at"], row["chance"] is not None) == ("2021-03-04T16:00:00Z", None, True)
    stays = await one(admin, "activities", VISIT | {"writer_external_id": "u2", "customer_external_id": "c2"})
    assert codes(stays) == {("/rows/0/writer_external_id", "fixed"), ("/rows/0/customer_external_id", "fixed")}


async def test_what_is_wrong_is_refused_alone_and_in_words(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    rows: list[dict[str, Any]] = [
        VISIT | {"external_id": "b1", "chance_external_id": "h2"}, VISIT,
        VISIT | {"external_id": "b2", "at": "2999-01-01"}, VISIT | {"external_id": "b3", "kind": "pigeon"},
        {"external_id": "b4", "title": "x"}, VISIT | {"external_id": "a2"},
        VISIT | {"external_id": "b5", "linkman_external_id": "nobody"},
    ]  # fmt: skip
    results = await send(as_(team.admin), "activities", *rows)
    assert outcomes(results) == ["refused", "created", "refused", "refused", "refused", "created", "refused"]
    assert [codes(results[n]) for n in (0, 2, 3, 4, 6)] == [
        {("/rows/0/chance_external_id", "other_customer")}, {("/rows/2/at", "in_future")},
        {("/rows/3/kind", "not_in_dictionary")}, {("/rows/4/customer_external_id", "required")},
        {("/rows/6/linkman_external_id", "not_found")},
    ]  # fmt: skip
    assert (
        await make.session.scalar(select(func.count()).select_from(LogEntry).where(LogEntry.entity == "activities"))
        == 2
    )
    told = await as_(team.admin).post("/imports/activities", json={"rows": rows[:1]}, headers={"Accept-Language": "zh"})
    assert told.json()["results"][0]["errors"][0]["message"] == "此机会属于另一客户。"


async def test_a_value_that_it_can_do_without_is_set_aside(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    row = VISIT | {"purpose": "pigeon", "chance_external_id": "h2", "linkman_external_id": "nobody"}
    result = await one(as_(team.admin), "activities", row, on_invalid_optional="set_aside")
    assert result["outcome"] == "created", result
    assert {(aside["pointer"], aside["value"]) for aside in result["set_aside"]} == {
        ("/rows/0/purpose", "pigeon"), ("/rows/0/chance_external_id", "h2"), ("/rows/0/linkman_external_id", "nobody"),
    }  # fmt: skip
    assert (await found(as_(team.manager), "a1"))["chance"] is None


async def test_who_left_wrote_what_they_wrote_and_nobody_is_told(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    team.colleague.flag = "disabled"
    await make.session.commit()
    assert (await one(as_(team.admin), "activities", VISIT | {"writer_external_id": "u2"}))["outcome"] == "created"
    assert (await found(as_(team.manager), "a1"))["writer"]["name"] == "小红"
    assert await make.session.scalar(select(func.count()).select_from(Notice)) == 0


async def test_a_chance_without_a_customer_has_its_own(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    await make.chance(team.manager, team.manager, external_id="h9")
    row = {
        "external_id": "a1",
        "title": "电话",
        "chance_external_id": "h9",
        "writer_external_id": "u1",
        "at": "2021-03-04",
    }
    for outcome in ("created", "unchanged"):
        assert (await one(as_(team.admin), "activities", row))["outcome"] == outcome
    assert (await found(as_(team.manager), "a1"))["customer"] is None


async def test_what_its_writer_changed_since_stays(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    activity_id = (await one(as_(team.admin), "activities", VISIT))["id"]
    body, etag = {"title": "上门拜访"}, {"If-Match": '"1"'}
    answer = await as_(team.manager).patch(f"/activities/{activity_id}", json=body, headers=etag)
    assert answer.status_code == 200, answer.text
    result = await one(as_(team.admin), "activities", VISIT | {"title": "访问", "memo": "补记"})
    assert (result["outcome"], [kept["pointer"] for kept in result["kept"]]) == ("updated", ["/rows/0/title"])
    row = await found(as_(team.manager), "a1")
    assert (row["title"], row["memo"]) == ("上门拜访", "补记")
