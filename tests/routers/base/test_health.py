"""The state of the system over HTTP."""

from collections.abc import Callable

from tests.conftest import Client
from tests.factories.team import Team


class TestOverview:
    async def test_an_administrator_sees_people_jobs_and_version(self, team: Team, as_: Callable[..., Client]) -> None:
        seen = (await as_(team.admin).get("/health/overview")).json()
        assert seen["active_people"] == 7
        assert seen["jobs"]["waiting"] == 0
        assert seen["version"].count(".") == 2
        assert seen["database_bytes"] > 1_000_000

    async def test_it_needs_the_right(self, team: Team, as_: Callable[..., Client]) -> None:
        assert (await as_(team.supervisor).get("/health/overview")).status_code == 403
