"""Internal notes of services over HTTP."""

from collections.abc import Callable

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


class TestNotes:
    async def test_readers_add_and_read_them(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager)
        for person, words in ((team.manager, "客户很急"), (team.supervisor, "我来跟")):
            answer = await as_(person).post(f"/services/{service.id}/notes", json={"text": words})
            assert answer.status_code == 201
            assert answer.json()["by"]["name"] == person.name
        path = f"/services/{service.id}/notes"
        assert [row["text"] for row in (await as_(team.executive).get(path)).json()["items"]] == ["我来跟", "客户很急"]
        assert (await as_(team.executive).post(path, json={"text": "x"})).status_code == 403
        assert (await as_(team.stranger).get(path)).status_code == 404
        assert (await as_(team.stranger).post(path, json={"text": "x"})).status_code == 404
        assert (await as_(team.manager).post(path, json={"text": " "})).status_code == 422

    async def test_not_on_what_has_ended(self, team: Team, as_: As, make: Make) -> None:
        service = await make.service(await make.customer(team.manager), team.manager, status="archived")
        assert (await as_(team.manager).post(f"/services/{service.id}/notes", json={"text": "x"})).status_code == 409
