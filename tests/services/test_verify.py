"""`crm verify` finds a kept sum that is wrong, and nothing where all is well."""

from sqlalchemy import update

from app.models.chances import ChanceSum
from app.services import verify
from tests.factories.make import Make
from tests.factories.team import Team


async def test_right_sums_are_right_and_a_wrong_one_is_found(make: Make, team: Team) -> None:
    await make.chance(team.manager, title="CRM")
    assert await verify.sums(make.ctx) == []
    await make.session.execute(update(ChanceSum).values(count=ChanceSum.count + 1))
    found = await verify.sums(make.ctx)
    assert len(found) >= 1
    assert found[0].startswith("sal_chance_sum")
