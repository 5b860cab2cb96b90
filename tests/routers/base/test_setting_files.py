"""Settings as a file: what one installation writes another takes over, all of it or nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from app.models.base.dict import DictItem
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
SINGLE = {"If-Match": '"0"'}


async def take(who: Client, settings: dict[str, Any], **more: Any) -> Any:
    return await who.post("/settings/import", json={"format": "kith-settings", "settings": settings} | more)


async def in_force(admin: Client) -> dict[str, Any]:
    return {row["name"]: row["value"] for row in (await admin.get("/settings")).json()}


class TestExport:
    async def test_every_setting_but_the_logo_is_in_the_file(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        answer = await admin.get("/settings/export")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith('attachment; filename="kith-settings-20')
        found = answer.json()
        wanted = await in_force(admin)
        del wanted["company.logo"]
        assert (found["format"], found["settings"]) == ("kith-settings", wanted)
        assert {"lost.days", "work.holidays", "session.days"} <= wanted.keys()

    async def test_only_who_may_change_settings(self, team: Team, as_: As, client: Client) -> None:
        for person in (team.supervisor, team.manager, team.executive):
            assert (await as_(person).get("/settings/export")).status_code == 403
            assert (await take(as_(person), {})).status_code == 403
        assert (await client.get("/api/v1/settings/export")).status_code == 401


class TestImport:
    async def test_a_file_comes_back_as_it_left(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        for name, value in (
            ("work.holidays", [{"date": "2026-10-01", "name": "国庆节"}]), ("work.days", [1, 2]),
            ("lost.days_by_level", {"strategic": 60}),
        ):  # fmt: skip
            answer = await admin.put(f"/settings/{name}", json={"value": value}, headers=SINGLE)
            assert answer.status_code == 200, answer.text
        file = (await admin.get("/settings/export")).json()
        before = await in_force(admin)
        assert (await admin.post("/settings/import", json=file)).json() == {"applied": True, "changes": []}
        for name, value in (("work.holidays", []), ("lost.days_by_level", {})):
            await admin.put(f"/settings/{name}", json={"value": value}, headers={"If-Match": '"1"'})
        assert (await admin.post("/settings/import", json=file)).status_code == 200
        assert await in_force(admin) == before

    async def test_changes_are_shown_first_then_written_once_with_who_and_logged(self, team: Team, as_: As) -> None:
        admin = as_(team.admin)
        wanted = {"company.name": " 云启 ", "lost.days": 180, "work.start": "18:00", "work.end": "20:00"}
        changes = [
            {"name": "company.name", "before": "客智", "after": "云启"},
            {"name": "work.start", "before": "09:00", "after": "18:00"},
            {"name": "work.end", "before": "18:00", "after": "20:00"},
        ]
        before = await in_force(admin)
        shown = await take(admin, wanted, dry_run=True)
        assert (shown.status_code, shown.json()) == (200, {"applied": False, "changes": changes})
        assert (await in_force(admin), (await admin.get("/audit?entity=settings")).json()["items"]) == (before, [])

        assert (await take(admin, wanted)).json() == {"applied": True, "changes": changes}
        names = {change["name"]: change["after"] for change in changes}
        assert await in_force(admin) == before | names
        log = (await admin.get("/audit?entity=settings")).json()["items"]
        assert {row["changes"]["name"][1]: row["changes"]["value"][-1] for row in log} == names
        assert (await admin.get("/settings/work.end")).json()["changed_by"]["name"] == "管理员"
        assert (await take(admin, wanted)).json() == {"applied": True, "changes": []}

    @pytest.mark.parametrize("dry_run", [True, False])
    async def test_one_wrong_value_refuses_all_and_every_one_is_named(
        self, *, dry_run: bool, team: Team, as_: As
    ) -> None:
        admin = as_(team.admin)
        before = await in_force(admin)
        wrong = {
            "company.name": "云启", "lost.days": 0, "work.start": "19:00", "company.moon": 1, "company.logo": "x",
            "demo.enabled": "on", "lost.days_by_level": {"nobody": 3}, "company.logo.image": "x",
        }  # fmt: skip
        answer = await take(admin, wrong, dry_run=dry_run)
        found = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
        assert (answer.status_code, found) == (
            422,
            {
                "/settings/lost.days": "out_of_range", "/settings/company.moon": "unknown_setting",
                "/settings/company.logo": "unknown_setting", "/settings/demo.enabled": "unknown_setting",
                "/settings/company.logo.image": "unknown_setting", "/settings/work.start": "out_of_order",
                "/settings/lost.days_by_level": "unknown_level",
            },
        )  # fmt: skip
        assert (await in_force(admin), (await admin.get("/audit?entity=settings")).json()["items"]) == (before, [])

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"settings": {}}, "/format"),
            ({"format": "other", "settings": {}}, "/format"),
            ({"format": "kith-settings"}, "/settings"),
            ({"format": "kith-settings", "settings": []}, "/settings"),
            ({"format": "kith-settings", "settings": {"A/b": 1}}, "/settings/A~1b"),
            ({"format": "kith-settings", "settings": {"lost.days": None}}, "/settings/lost.days"),
            ({"format": "kith-settings", "settings": {"lost.days": 1.5}}, "/settings/lost.days"),
            ({"format": "kith-settings", "settings": {"work.days": [{"x": 1}]}}, "/settings/work.days"),
            ({"format": "kith-settings", "settings": {}, "secret": 1}, "/secret"),
        ],
    )
    async def test_what_is_no_such_file_is_422(self, body: Any, pointer: str, team: Team, as_: As) -> None:
        answer = await as_(team.admin).post("/settings/import", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"].startswith(pointer)


class TestDaysByLevel:
    @pytest.mark.parametrize(
        ("value", "code"),
        [
            ({"strategic": 0}, "out_of_range"), ({"strategic": 3651}, "out_of_range"), ([1], "wrong_type"),
            (60, "wrong_type"), ({"nobody": 60}, "unknown_level"),
        ],
    )  # fmt: skip
    async def test_what_does_not_fit(self, value: Any, code: str, team: Team, as_: As) -> None:
        body = {"value": value}
        answer = await as_(team.admin).put("/settings/lost.days_by_level", json=body, headers=SINGLE)
        found = answer.json()["errors"][0]
        assert (answer.status_code, found["pointer"], found["code"]) == (422, "/value", code)

    async def test_a_disabled_level_keeps_its_days(self, make: Make, team: Team, as_: As) -> None:
        chosen = update(DictItem).where(DictItem.type == "level", DictItem.item == "strategic")
        await make.session.execute(chosen.values(enabled=False))
        assert (await take(as_(team.admin), {"lost.days_by_level": {"strategic": 60}})).status_code == 200
