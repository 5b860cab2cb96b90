"""The customer management report: a draft is its author's, an issued one is for ever."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import figures
from tests.factories.team import Team

As = Callable[..., Client]
PATH = "/periodic-reports"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


async def sale(make: Make, team: Team, day: int = 5) -> None:
    product = await make.product(price=Decimal("10.01"))
    customer = await make.customer(team.manager, "上海直骨海关有限公司")
    facts: dict[str, Any] = {"status": "completed", "owner_id": team.manager.id}
    await make.order(customer, (product, 3), date=make.today.replace(2026, 3, day), **facts)


def about(team: Team, **more: Any) -> dict[str, Any]:
    return {"month": "2026-03-01", "department_id": team.east.id} | more


async def issued(person: Client, team: Team, **more: Any) -> dict[str, Any]:
    draft = (await person.post(PATH, json=about(team, **more))).json()
    answer = await person.post(f"{PATH}/{draft['id']}/issue", headers={"If-Match": f'"{draft["version"]}"'})
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestCompose:
    async def test_a_draft_shows_the_month_as_it_is_now_to_its_author_alone(
        self, make: Make, team: Team, as_: As
    ) -> None:
        await sale(make, team)
        person = as_(team.supervisor)
        answer = await person.post(PATH, json=about(team, comment="三月情况良好"))
        assert answer.status_code == 201
        draft = answer.json()
        assert draft["allowed_actions"] == ["update", "delete", "issue"]
        codes = [one["code"] for one in draft["reports"]]
        assert codes[:3] == ["contribution", "composition", "service"]
        assert {"pipeline", "win-rate", "time-to-close", "reasons"} <= set(codes)
        assert figures(draft["reports"][0])["total"] == "30.03"
        await sale(make, team, 6)
        again = (await person.get(f"{PATH}/{draft['id']}")).json()
        assert figures(again["reports"][0])["total"] == "60.06"
        for other in (team.executive, team.other_supervisor):
            assert (await as_(other).get(f"{PATH}/{draft['id']}")).status_code == 404
            assert (await as_(other).get(PATH)).json()["items"] == []
            assert (await as_(other).get(f"{PATH}/{draft['id']}/pdf")).status_code == 404

    async def test_who_may_not(self, team: Team, as_: As, client: Client) -> None:
        assert (await client.get(f"/api/v1{PATH}")).status_code == 401
        assert (await as_(team.manager).get(PATH)).status_code == 403
        assert (await as_(team.executive).post(PATH, json=about(team))).status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "pointer"), [({"department_id": 0}, "/department_id"), ({"month": "2026-03-02"}, "/month")]
    )
    async def test_what_cannot_be_is_422(self, wrong: dict[str, Any], pointer: str, team: Team, as_: As) -> None:
        answer = await as_(team.supervisor).post(PATH, json=about(team) | wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer

    async def test_another_department_or_a_month_to_come_is_422(self, make: Make, team: Team, as_: As) -> None:
        later = make.today.replace(year=make.today.year + 1, day=1)
        for wrong in ({"department_id": team.west.id}, {"month": str(later)}, {"replaces_id": 999}):
            assert (await as_(team.supervisor).post(PATH, json=about(team) | wrong)).status_code == 422

    async def test_the_comment_is_changed_under_its_version(self, team: Team, as_: As) -> None:
        person = as_(team.supervisor)
        draft = (await person.post(PATH, json=about(team))).json()
        path, match = f"{PATH}/{draft['id']}", {"If-Match": '"1"'}
        assert (await person.patch(path, json={"comment": "好"})).status_code == 428
        changed = await person.patch(path, json={"comment": "好"}, headers=match)
        assert (changed.json()["comment"], changed.json()["version"]) == ("好", 2)
        assert (await person.patch(path, json={"comment": "坏"}, headers=match)).status_code == 412
        assert (await person.delete(path, headers={"If-Match": '"2"'})).status_code == 204
        assert (await person.get(path)).status_code == 404


class TestIssue:
    async def test_what_is_issued_stays_whatever_happens_after(self, make: Make, team: Team, as_: As) -> None:
        await sale(make, team)
        person = as_(team.supervisor)
        report = await issued(person, team, comment="好")
        await sale(make, team, 6)
        for reader in (person, as_(team.executive)):
            found = (await reader.get(f"{PATH}/{report['id']}")).json()
            assert found["reports"] == report["reports"]
            assert figures(found["reports"][0])["total"] == "30.03"
        assert (await as_(team.other_supervisor).get(f"{PATH}/{report['id']}")).status_code == 404
        assert [one["id"] for one in (await as_(team.executive).get(PATH)).json()["items"]] == [report["id"]]
        assert (await as_(team.other_supervisor).get(PATH)).json()["total"] == 0
        path, match = f"{PATH}/{report['id']}", {"If-Match": f'"{report["version"]}"'}
        refused = [
            await person.patch(path, json={"comment": "坏"}, headers=match),
            await person.delete(path, headers=match),
            await person.post(f"{path}/issue"),
        ]
        assert [answer.status_code for answer in refused] == [409, 409, 409]
        assert refused[0].json()["state"] == "issued"
        assert (await as_(team.executive).post(f"{path}/issue")).status_code == 403

    async def test_a_superior_department_reads_those_below(self, make: Make, team: Team, as_: As) -> None:
        boss = await make.user("supervisor", name="总监", department=team.company)
        report = await issued(as_(team.supervisor), team)
        assert (await as_(boss).get(f"{PATH}/{report['id']}")).status_code == 200

    async def test_a_correction_names_what_it_replaces_and_there_is_one(self, make: Make, team: Team, as_: As) -> None:
        person = as_(team.supervisor)
        first = await issued(person, team)
        assert first["allowed_actions"] == ["correct"]
        await sale(make, team)
        second = await issued(person, team, replaces_id=first["id"])
        assert second["replaces"] == {"id": first["id"], "name": first["number"]}
        found = (await person.get(f"{PATH}/{first['id']}")).json()
        assert found["replaced_by"] == {"id": second["id"], "name": second["number"]}
        assert found["reports"] == first["reports"]
        assert found["allowed_actions"] == []
        assert (await person.post(PATH, json=about(team, replaces_id=first["id"]))).status_code == 409

    async def test_another_month_is_not_replaced(self, team: Team, as_: As) -> None:
        person = as_(team.supervisor)
        first = await issued(person, team)
        other = about(team, replaces_id=first["id"]) | {"month": "2026-02-01"}
        assert (await person.post(PATH, json=other)).json()["errors"][0]["pointer"] == "/replaces_id"


class TestPdf:
    @pytest.mark.parametrize("language", ["zh-CN", "en-US"])
    async def test_a_pdf_carries_its_font(self, language: str, make: Make, team: Team, as_: As) -> None:
        await sale(make, team)
        report = await issued(as_(team.supervisor), team, comment='#panic("no") *好* $x$ = 甲')
        answer = await as_(team.executive).get(f"{PATH}/{report['id']}/pdf?language={language}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert b"NotoSansCJK" in answer.content
        # The font has 65,000 glyphs in 16 MB: only the used ones are in the file.
        assert len(answer.content) < 400_000

    async def test_the_company_s_logo_is_on_it(self, team: Team, as_: As) -> None:
        report = await issued(as_(team.supervisor), team)
        drawn = []
        for version, logo in enumerate((None, PIXEL, PIXEL[:60])):
            body, headers = {"value": logo and f"data:image/png;base64,{logo}"}, {"If-Match": f'"{version}"'}
            assert (await as_(team.admin).put("/settings/company.logo", json=body, headers=headers)).status_code == 200
            answer = await as_(team.executive).get(f"{PATH}/{report['id']}/pdf")
            assert answer.status_code == 200
            drawn.append(b"/Subtype/Image" in answer.content.replace(b" ", b""))
        # The last one begins like an image and breaks off: the report comes all the same.
        assert drawn == [False, True, False]
