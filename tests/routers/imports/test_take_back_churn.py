"""A customer is again what it was before the churn that a run told of, whatever else of it was changed since."""

from collections.abc import Callable
from uuid import uuid4

from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team
from tests.routers.imports.test_import_losses import LOST, OPEN
from tests.routers.imports.test_order_imports import a_house
from tests.routers.imports.test_take_back import back, send
from tests.routers.imports.test_take_back_kept import ok

As = Callable[..., Client]


async def test_the_status_goes_back_though_somebody_wrote_something_else(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    admin, manager, run = as_(team.admin), as_(team.manager), str(uuid4())
    await send(admin, "losses", OPEN, {n: v for n, v in LOST.items() if n != "returned_at"}, run=run)
    customers = (await manager.get("/customers")).json()["items"]
    changed = {one["id"]: one["status"] for one in customers}
    assert {"warning", "lost"} <= {*changed.values()}
    for one in customers:
        await ok(manager, "PATCH", f"/customers/{one['id']}", memo="后来")
    assert (await back(admin, run))["kept"] == []
    after = (await manager.get("/customers")).json()["items"]
    assert {one["status"] for one in after} == {"normal"}
    assert (await manager.get("/losses")).json()["total"] == 0


async def test_an_entry_that_somebody_went_on_with_keeps_its_customer_s_status(team: Team, as_: As, make: Make) -> None:
    await a_house(make, team)
    manager, run = as_(team.manager), str(uuid4())
    loss = (await send(as_(team.admin), "losses", OPEN, run=run))[0]["id"]
    await ok(manager, "POST", f"/losses/{loss}/delay", text="再谈", review_date="2999-01-01")
    (kept,) = (await back(as_(team.admin), run))["kept"]
    assert (kept["noun"], kept["id"]) == ("losses", loss)
    one = (await manager.get(f"/losses/{loss}")).json()
    assert (await manager.get(f"/customers/{one['customer']['id']}")).json()["status"] == "warning"
