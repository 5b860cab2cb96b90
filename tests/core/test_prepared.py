"""A prepared statement is built for a shape of rights and never for a person or a moment."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.core import prepared as module
from app.core import walks
from app.core.ctx import Ctx
from app.core.prepared import prepared
from app.models.access.users import User
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def test_people_of_one_shape_share_a_statement_and_see_their_own_rows(make: Make, team: Team, as_: As) -> None:
    mine = await make.customer(team.manager, "甲")
    theirs = await make.customer(team.colleague, "乙")
    module.BUILT.clear()
    first = (await as_(team.manager).get("/customers")).json()
    built = len(module.BUILT)
    second = (await as_(team.colleague).get("/customers")).json()
    assert [row["id"] for row in first["items"]] == [mine.id]
    assert [row["id"] for row in second["items"]] == [theirs.id]
    assert built == len(module.BUILT) == 2  # the page and its count


async def test_a_moment_cannot_slip_into_a_statement(make: Make) -> None:
    def made_after_now(ctx: Ctx) -> object:
        return select(User.id).where(User.created_at == ctx.now)

    def made_after_today(ctx: Ctx) -> object:
        return select(User.id).where(User.created_at < ctx.today)

    for build in (made_after_now, made_after_today):
        with pytest.raises(RuntimeError, match="give it a parameter"):
            prepared(make.ctx, build, build)


async def test_each_page_binds_its_own_filters(make: Make, team: Team, as_: As) -> None:
    for level in ("major", "focus"):
        await make.customer(team.manager, level=level)
    person = as_(team.manager)
    for level in ("major", "focus", "major"):
        rows = (await person.get(f"/customers?level={level}")).json()["items"]
        assert [row["level"] for row in rows] == [level]


async def test_only_a_total_beyond_the_cap_is_remembered(
    make: Make, team: Team, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks, "COUNT_CAP", 2)
    module.BUILT.clear()
    person = as_(team.manager)
    totals = []
    for _ in range(4):
        await make.customer(team.manager)
        page = (await person.get("/customers")).json()
        totals.append((page["total"], page["total_is_exact"]))
    module.BUILT.clear()
    assert totals == [(1, True), (2, True), (2, False), (2, False)]
