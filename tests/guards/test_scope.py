"""Nobody sees what is not theirs: every owned model, every way in."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core.ctx import NOBODY, Ctx
from app.core.db import Base
from app.core.scope import visible
from app.models.access.rbac import Permission as P
from app.models.goods.products import Product
from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

Rows = dict[str, Callable[[Make, Team], Awaitable[Any]]]


async def _customer(make: Make, team: Team) -> Any:
    return await make.customer(team.manager)


async def _linkman(make: Make, team: Team) -> Any:
    return await make.linkman(await make.customer(team.manager))


async def _activity(make: Make, team: Team) -> Any:
    return await make.activity(await make.customer(team.manager), team.manager)


async def _chance(make: Make, team: Team) -> Any:
    return await make.chance(team.manager, team.manager)


async def _plan(make: Make, team: Team) -> Any:
    return await make.plan(await make.chance(team.manager, team.manager))


async def _order(make: Make, team: Team) -> Any:
    return await make.order(await make.customer(team.manager))


async def _service(make: Make, team: Team) -> Any:
    return await make.service(await make.customer(team.manager), team.manager)


async def _loss(make: Make, team: Team) -> Any:
    return await make.loss(await make.customer(team.manager, status="warning"))


async def _asset(make: Make, team: Team) -> Any:
    return await make.asset(await make.customer(team.manager))


KEPT_FOR_EVER = {"losses", "services"}
"""Nobody deletes these."""
BY_STEPS = {"losses": ("confirm", {"reason": "price"})}
"""Changed by the steps of their life cycle alone."""
OWNED: Rows = {
    "activities": _activity,
    "assets": _asset,
    "chances": _chance,
    "customers": _customer,
    "linkmen": _linkman,
    "losses": _loss,
    "orders": _order,
    "plans": _plan,
    "services": _service,
}
SEES = {"manager": True, "supervisor": True, "executive": True, "colleague": False, "stranger": False}
SEES |= {"other_supervisor": False}


def test_every_owned_model_is_in_the_table() -> None:
    scoped = {m.class_.__audit__ for m in Base.registry.mappers if hasattr(m.class_, "__scope__")}
    assert scoped == set(OWNED)


@pytest.mark.parametrize("noun", sorted(OWNED))
@pytest.mark.parametrize("who", sorted(SEES))
async def test_a_row_exists_for_whom_it_is_in_scope(
    noun: str, who: str, make: Make, team: Team, as_: Callable[..., Client]
) -> None:
    row = await OWNED[noun](make, team)
    person = as_(getattr(team, who))
    detail, listed = await person.get(f"/{noun}/{row.id}"), await person.get(f"/{noun}")
    assert detail.status_code == (200 if SEES[who] else 404), detail.text
    assert [item["id"] for item in listed.json()["items"]] == ([row.id] if SEES[who] else [])
    assert listed.json()["total"] == int(SEES[who])


@pytest.mark.parametrize("noun", sorted(OWNED))
async def test_an_administrator_has_no_right_to_business_rows(
    noun: str, make: Make, team: Team, as_: Callable[..., Client]
) -> None:
    row = await OWNED[noun](make, team)
    assert (await as_(team.admin).get(f"/{noun}/{row.id}")).status_code == 403


@pytest.mark.parametrize("noun", sorted(OWNED))
async def test_changing_a_stranger_s_row_is_404_and_changes_nothing(
    noun: str, make: Make, team: Team, as_: Callable[..., Client]
) -> None:
    row = await OWNED[noun](make, team)
    stranger = as_(team.other_supervisor)
    if noun in BY_STEPS:
        step, body = BY_STEPS[noun]
        answers = [await stranger.post(f"/{noun}/{row.id}/{step}", json=body)]
    else:
        answers = [await stranger.patch(f"/{noun}/{row.id}", json={}, headers={"If-Match": '"1"'})]
    if noun not in KEPT_FOR_EVER:
        answers.append(await stranger.delete(f"/{noun}/{row.id}", headers={"If-Match": '"1"'}))
    assert {answer.status_code for answer in answers} == {404}
    assert (await as_(team.manager).get(f"/{noun}/{row.id}")).json()["version"] == 1


async def test_reading_an_owned_model_without_scope_is_refused(make: Make) -> None:
    with pytest.raises(RuntimeError, match="without scope"):
        await make.session.scalars(select(Chance))


async def test_rows_that_are_nobody_s_are_there_for_all_and_under_a_right_for_who_holds_it(make: Make) -> None:
    product = await make.product()
    nobody = Ctx(session=make.session, actor=NOBODY, now=make.now(), timezone=make.ctx.timezone)

    async def seen(right: str | None) -> list[int]:
        return list(await make.session.scalars(select(Product.id).where(visible(nobody, Product, right))))

    assert (await seen(None), await seen(P.products_write)) == ([product.id], [])
