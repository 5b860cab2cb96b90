"""Competitors over HTTP: who reads and keeps them, what is refused where, their products, the bin and the history."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NEW = {"name": "恒通软件", "name_en": "Skyway Software", "code": "hengtong", "website": "https://hengtong.example.com"}
OFFER = {"name": "恒通协同 9", "price": "76000", "strengths": "价格低", "weaknesses": "移动端弱"}


def match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


async def made(person: Client, **facts: Any) -> dict[str, Any]:
    answer = await person.post("/competitors", json=NEW | facts)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestRights:
    async def test_a_supervisor_keeps_them_and_who_sells_reads_them(self, team: Team, as_: As) -> None:
        row = await made(as_(team.supervisor))
        assert (row["enabled"], row["version"], row["products"], row["product_count"]) == (True, 1, [], 0)
        assert row["updated_by"]["name"] == team.supervisor.name
        path = f"/competitors/{row['id']}"
        for person, allowed in (
            (team.other_supervisor, ["update", "delete"]), (team.manager, []), (team.executive, []),
        ):  # fmt: skip
            seen = (await as_(person).get(path)).json()
            listed = (await as_(person).get("/competitors")).json()["items"]
            assert seen["allowed_actions"] == listed[0]["allowed_actions"] == allowed
        assert [(await as_(team.admin).get(one)).status_code for one in ("/competitors", path)] == [403, 403]

    @pytest.mark.parametrize("who", ["manager", "executive", "admin"])
    async def test_others_change_nothing(self, who: str, team: Team, as_: As, make: Make) -> None:
        rival, bin_ = await make.competitor(), await make.competitor(deleted_at=make.now())
        part = await make.competitor_product(rival)
        person, path = as_(getattr(team, who)), f"/competitors/{rival.id}"
        answers = [
            await person.post("/competitors", json=NEW),
            await person.patch(path, json={"memo": "x"}, headers=match(1)),
            await person.delete(path, headers=match(1)),
            await person.post(f"/competitors/{bin_.id}/restore"),
            await person.post(f"{path}/products", json=OFFER),
            await person.patch(f"{path}/products/{part.id}", json={"name": "x"}, headers=match(1)),
            await person.delete(f"{path}/products/{part.id}", headers=match(1)),
        ]
        assert [answer.status_code for answer in answers] == [403] * 7
        (left,) = (await as_(team.supervisor).get("/competitors")).json()["items"]
        assert (left["id"], left["version"], left["product_count"]) == (rival.id, 1, 1)


class TestFacts:
    @pytest.mark.parametrize(
        ("change", "pointer"),
        [({"name": ""}, "/name"), ({"name": None}, "/name"), ({"code": "x" * 61}, "/code"), ({"enabled": False}, "/enabled"),
         ({"website": "x" * 201}, "/website"), ({"strategy": "x" * 4001}, "/strategy"), ({"id": 7}, "/id")],
    )  # fmt: skip
    async def test_bad_values_are_told_at_their_field(self, change: Any, pointer: str, team: Team, as_: As) -> None:
        answer = await as_(team.supervisor).post("/competitors", json=NEW | change)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_a_code_that_is_left_out_is_made(self, team: Team, as_: As) -> None:
        boss = as_(team.supervisor)
        codes = [(await made(boss, name=name, code=code))["code"] for name, code in (("甲", ""), ("乙", None))]
        assert all(code.startswith("JZ20") and len(code) == 17 for code in codes)
        assert len({*codes}) == 2

    @pytest.mark.parametrize("name", ["KITH 软件", "kith 软件", "Ｋｉｔｈ 软件"])
    async def test_names_are_taken_whatever_their_case_and_width(self, name: str, team: Team, as_: As) -> None:
        boss = as_(team.supervisor)
        await made(boss, name="Kith 软件")
        twin = await boss.post("/competitors", json={"name": name}, headers={"Accept-Language": "zh-CN"})
        (error,) = twin.json()["errors"]
        assert (twin.status_code, error["pointer"], error["code"]) == (409, "/name", "taken")
        assert error["message"] == "已有此名称的竞争对手。"
        code = await boss.post("/competitors", json={"name": "别家", "code": NEW["code"]})
        assert (code.status_code, code.json()["errors"][0]["pointer"]) == (409, "/code")

    async def test_a_change_asks_for_the_version_and_nothing_changed_is_no_new_one(self, team: Team, as_: As) -> None:
        boss, other = as_(team.supervisor), as_(team.other_supervisor)
        path = f"/competitors/{(await made(boss))['id']}"
        assert (await boss.patch(path, json={"memo": "x"})).status_code == 428
        changed = (await other.patch(path, json={"enabled": False, "name": "新名"}, headers=match(1))).json()
        assert (changed["version"], changed["enabled"], changed["name"]) == (2, False, "新名")
        assert changed["updated_by"]["name"] == team.other_supervisor.name
        assert (await boss.patch(path, json={"memo": "y"}, headers=match(1))).status_code == 412
        same = (await boss.patch(path, json={"name": "新名"}, headers=match(2))).json()
        assert (same["version"], same["updated_by"]["id"]) == (2, team.other_supervisor.id)
        for field in ("name", "code", "enabled"):
            empty = await boss.patch(path, json={field: None}, headers=match(2))
            assert (empty.status_code, empty.json()["errors"][0]["pointer"]) == (422, f"/{field}")

    async def test_the_code_that_chances_name_is_fixed(self, team: Team, as_: As, make: Make) -> None:
        boss = as_(team.supervisor)
        rival_id = (await made(boss))["id"]
        path = f"/competitors/{rival_id}"
        assert (await boss.patch(path, json={"code": "ht"}, headers=match(1))).json()["code"] == "ht"
        await make.chance(team.stranger, team.stranger, competitor_id=rival_id, deleted_at=make.now())
        fixed = await boss.patch(path, json={"code": "hengtong"}, headers=match(2))
        assert (fixed.status_code, fixed.json()["code"], fixed.json()["errors"][0]["pointer"]) == (
            409,
            "fixed",
            "/code",
        )
        assert (await boss.patch(path, json={"code": "ht", "memo": "x"}, headers=match(2))).status_code == 200


class TestList:
    async def test_found_by_both_names_pinyin_initials_and_code(self, team: Team, as_: As, make: Make) -> None:
        boss = as_(team.supervisor)
        await made(boss)
        await make.competitor("北辰信息", code="beichen", enabled=False)
        for text in ("恒通", "软件", "恒", "hengtong", "HTRJ", "hengt", "skyway", "Soft"):
            found = (await as_(team.manager).get("/competitors", params={"q": text})).json()
            assert [row["name"] for row in found["items"]] == ["恒通软件"], text
        assert (await boss.get("/competitors?q=nobody")).json()["total"] == 0
        for enabled, name in ((True, "恒通软件"), (False, "北辰信息")):
            rows = (await boss.get("/competitors", params={"enabled": enabled})).json()["items"]
            assert [row["name"] for row in rows] == [name]
        for sort, names in (("name", ["北辰信息", "恒通软件"]), ("-updated_at", ["恒通软件", "北辰信息"])):
            assert [row["name"] for row in (await boss.get(f"/competitors?sort={sort}")).json()["items"]] == names

    async def test_the_feed_tells_of_a_changed_product(self, team: Team, as_: As, make: Make) -> None:
        rival, boss = await make.competitor(), as_(team.supervisor)
        begun = (await boss.get("/competitors/changes")).json()
        assert (begun["items"], bool(begun["next_cursor"])) == ([], True)
        answer = await boss.post(f"/competitors/{rival.id}/products", json=OFFER)
        assert answer.headers["Cache-Group-Invalidation"] == '"competitors"'


class TestProducts:
    async def test_they_are_added_changed_and_removed_under_the_competitor_s_version(
        self, team: Team, as_: As, make: Make
    ) -> None:
        ours, boss = await make.product("协同平台"), as_(team.supervisor)
        path = f"/competitors/{(await made(boss))['id']}"
        added = await boss.post(f"{path}/products", json=OFFER | {"product_id": ours.id}, headers=match(1))
        (part,) = added.json()["products"]
        assert (added.status_code, added.json()["version"], added.json()["product_count"]) == (201, 2, 1)
        assert (part["price"], part["product"]) == ("76000.00", {"id": ours.id, "name": "协同平台"})
        place = f"{path}/products/{part['id']}"
        assert (await boss.patch(place, json={"price": "1"}, headers=match(1))).status_code == 412
        assert (await boss.patch(place, json={"price": "1"})).status_code == 428
        changed = (await boss.patch(place, json={"price": "80000", "product_id": None}, headers=match(2))).json()
        assert (changed["version"], changed["products"][0]["price"], changed["products"][0]["product"]) == (
            3, "80000.00", None,
        )  # fmt: skip
        same = await boss.patch(place, json={"price": "80000"}, headers=match(3))
        assert same.json()["version"] == 3
        assert (await boss.delete(place, headers=match(2))).status_code == 412
        removed = (await boss.delete(place, headers=match(3))).json()
        assert (removed["version"], removed["products"]) == (4, [])
        assert (await boss.delete(place, headers=match(4))).status_code == 404

    @pytest.mark.parametrize(
        ("change", "pointer", "status"),
        [({"name": ""}, "/name", 422), ({"price": "-1"}, "/price", 422), ({"product_id": 999_999}, "/product_id", 422),
         ({"name": "已有"}, "/name", 409), ({"strengths": "x" * 4001}, "/strengths", 422)],
    )  # fmt: skip
    async def test_bad_values_are_told_at_their_field(
        self, change: Any, pointer: str, status: int, team: Team, as_: As, make: Make
    ) -> None:
        rival = await make.competitor()
        await make.competitor_product(rival, "已有")
        part = await make.competitor_product(rival, "另一个")
        path, boss = f"/competitors/{rival.id}/products", as_(team.supervisor)
        for answer in (
            await boss.post(path, json=OFFER | change),
            await boss.patch(f"{path}/{part.id}", json=change, headers=match(1)),
        ):
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (status, pointer)

    async def test_an_answer_is_sold_when_it_is_given_and_may_stay(self, team: Team, as_: As, make: Make) -> None:
        rival, gone = await make.competitor(), await make.product(enabled=False)
        part = await make.competitor_product(rival, product_id=gone.id)
        path, boss = f"/competitors/{rival.id}/products", as_(team.supervisor)
        assert (await boss.post(path, json=OFFER | {"product_id": gone.id})).status_code == 422
        kept = {"product_id": gone.id, "strengths": "x"}
        assert (await boss.patch(f"{path}/{part.id}", json=kept, headers=match(1))).status_code == 200

    async def test_a_product_of_another_competitor_is_not_there_and_there_are_not_too_many(
        self, team: Team, as_: As, make: Make
    ) -> None:
        one, other = await make.competitor(), await make.competitor()
        part, boss = await make.competitor_product(other), as_(team.supervisor)
        wrong = f"/competitors/{one.id}/products/{part.id}"
        assert (await boss.patch(wrong, json={"name": "x"}, headers=match(1))).status_code == 404
        assert (await boss.delete(wrong, headers=match(1))).status_code == 404
        for place in range(100):
            await make.competitor_product(one, f"产品{place}")
        full = await boss.post(f"/competitors/{one.id}/products", json=OFFER)
        assert (full.status_code, full.json()["code"]) == (409, "too_many_products")


class TestBin:
    async def test_what_chances_name_is_not_deleted(self, team: Team, as_: As, make: Make) -> None:
        rival, boss = await make.competitor(), as_(team.supervisor)
        await make.chance(team.stranger, team.stranger, competitor_id=rival.id)
        seen = (await boss.get(f"/competitors/{rival.id}")).json()
        assert seen["allowed_actions"] == ["update"]
        refused = await boss.delete(f"/competitors/{rival.id}", headers=match(1) | {"Accept-Language": "zh-CN"})
        assert (refused.status_code, refused.json()["code"], refused.json()["allowed"]) == (409, "in_use", ["update"])
        assert refused.json()["detail"] == "已有销售机会使用此竞争对手，请改为停用。"

    async def test_it_lies_in_the_bin_and_comes_back_with_its_products(self, team: Team, as_: As, make: Make) -> None:
        rival, boss = await make.competitor("恒通软件"), as_(team.supervisor)
        await make.competitor_product(rival)
        path = f"/competitors/{rival.id}"
        assert (await boss.delete(path, headers=match(7))).status_code == 412
        assert (await boss.delete(path, headers=match(1))).status_code == 204
        assert (await boss.get(path)).status_code == (await boss.get(f"{path}/history")).status_code == 404
        (row,) = (await as_(team.other_supervisor).get("/recycle-bin?type=competitors")).json()["items"]
        assert (row["id"], row["name"], row["deleted_by"]["id"]) == (rival.id, "恒通软件", team.supervisor.id)
        assert (await as_(team.manager).get("/recycle-bin?type=competitors")).json()["items"] == []
        twin = await made(boss, code="other")  # a name in the bin is free
        taken = await boss.post(f"{path}/restore")
        assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (409, "/name")
        await boss.delete(f"/competitors/{twin['id']}", headers=match(1))
        back = await as_(team.other_supervisor).post(f"{path}/restore")
        assert (back.status_code, len(back.json()["products"])) == (200, 1)
        assert (await boss.post(f"{path}/restore")).status_code == 404

    async def test_a_purge_takes_its_products_along(self, team: Team, as_: As, make: Make) -> None:
        rival = await make.competitor("恒通软件", deleted_at=make.now())
        await make.competitor_product(rival)
        path, admin = f"/recycle-bin/competitors/{rival.id}/purge", as_(team.admin)
        assert (await admin.get(path)).json()["blocks"] == []
        gone = await admin.post(path, json={"confirm": "恒通软件"}, headers=match(1))
        assert gone.status_code == 204, gone.text
        assert (await admin.get(path)).status_code == 404


async def test_the_history_tells_of_the_competitor_and_each_product(team: Team, as_: As, make: Make) -> None:
    boss, ours = as_(team.supervisor), await make.product("协同平台")
    path = f"/competitors/{(await made(boss))['id']}"
    await boss.patch(path, json={"strategy": "不拼价格", "enabled": False}, headers=match(1))
    part = (await boss.post(f"{path}/products", json=OFFER | {"product_id": ours.id})).json()["products"][0]["id"]
    await boss.patch(f"{path}/products/{part}", json={"price": "1"}, headers=match(3))
    await boss.patch(f"{path}/products/{part}", json={"name": "新名"}, headers=match(4))
    await boss.delete(f"{path}/products/{part}", headers=match(5))
    await boss.delete(path, headers=match(6))
    await boss.post(f"{path}/restore")
    rows = (await as_(team.manager).get(f"{path}/history")).json()["items"]
    assert [row["action"] for row in rows] == [
        "restore", "delete", "remove_product", "change_product", "change_product", "add_product", "update", "create",
    ]  # fmt: skip
    removed, renamed, priced, added, changed = (row["changes"] for row in rows[2:7])
    assert changed == {"strategy": [None, "不拼价格"], "enabled": [True, False]}
    assert (added["name"], added["product_id"]) == ([None, "恒通协同 9"], [None, ours.id])
    assert (priced["name"], priced["price"]) == ([None, "恒通协同 9"], ["76000.00", "1.00"])
    assert renamed == {"name": ["恒通协同 9", "新名"]}
    assert removed["name"] == ["新名", None]
