"""Who is told what: what comes into a reader's scope and leaves it, and nothing of what was never in it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.jobs.unit import unit
from app.services.base import changes
from tests.factories.make import Make
from tests.factories.patient import patient
from tests.factories.team import Team, with_rights

pytestmark = pytest.mark.commits


class Reader:
    """One person's way along the feeds, from the moment at which it was made."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.cursors = client, dict[str, str]()

    async def told(self, noun: str) -> dict[int, bool]:
        """Return what is told since the last time: id -> deleted."""
        found: dict[int, bool] = {}
        more = True
        while more:
            after = {"after": self.cursors[noun]} if noun in self.cursors else {}
            answer = await self.client.get(f"/{noun}/changes", params=after)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found |= {row["id"]: row["deleted"] for row in page["items"]}
            self.cursors[noun], more = page["next_cursor"], page["more"]
        return found


@pytest.fixture
async def readers(app: FastAPI, team: Team) -> AsyncIterator[dict[str, Reader]]:
    people = {name: getattr(team, name) for name in ("manager", "colleague", "supervisor", "executive")}
    found = {name: Reader(patient(app, person)) for name, person in people.items()}
    yield found
    for reader in found.values():
        await reader.client.aclose()


async def begin(readers: dict[str, Reader], *nouns: str) -> None:
    for reader in readers.values():
        for noun in nouns:
            assert await reader.told(noun) == {}


async def told(readers: dict[str, Reader], noun: str) -> dict[str, dict[int, bool]]:
    return {name: await reader.told(noun) for name, reader in readers.items()}


async def test_each_is_told_of_what_they_see(make: Make, team: Team, readers: dict[str, Reader]) -> None:
    await begin(readers, "customers")
    mine = await make.customer(team.manager)
    assert await told(readers, "customers") == {
        "manager": {mine.id: False}, "colleague": {}, "supervisor": {mine.id: False}, "executive": {mine.id: False},
    }  # fmt: skip
    mine.memo = "又一次"
    await make.session.commit()
    assert await readers["manager"].told("customers") == {mine.id: False}
    assert await readers["manager"].told("customers") == {}
    assert await readers["colleague"].told("customers") == {}


async def test_what_follows_a_customer_moves_with_it(make: Make, team: Team, readers: dict[str, Reader]) -> None:
    customer = await make.customer(team.manager)
    rows = {
        "customers": customer,
        "linkmen": await make.linkman(customer),
        "activities": await make.activity(customer, team.manager),
        "services": await make.service(customer, creator_id=team.admin.id),
        "losses": await make.loss(customer),
        "orders": await make.order(customer, owner_id=None, status="draft"),
    }
    await make.service(customer, team.stranger)  # never the manager's to see, whoever that is
    await begin(readers, *rows)
    customer.manager_id = team.colleague.id
    await make.session.commit()
    for noun, row in rows.items():
        found = await told(readers, noun)
        assert found["manager"] == {row.id: True}, noun
        assert found["colleague"] == {row.id: False}, noun
        assert found["supervisor"] == {row.id: False}, noun
        assert found["executive"] == {row.id: False}, noun


async def test_work_given_to_somebody_leads_them_to_the_customer(
    make: Make, team: Team, readers: dict[str, Reader]
) -> None:
    customer = await make.customer(team.manager)
    linkman = await make.linkman(customer)
    chance = await make.chance(team.manager, team.manager, customer_id=customer.id)
    plan = await make.plan(chance)
    await begin(readers, "customers", "linkmen", "plans", "chances")
    chance.assignee_id = team.colleague.id
    await make.session.commit()
    colleague = readers["colleague"]
    assert [await colleague.told(noun) for noun in ("chances", "plans", "customers", "linkmen")] == [
        {chance.id: False}, {plan.id: False}, {customer.id: False}, {linkman.id: False},
    ]  # fmt: skip
    chance.assignee_id = team.manager.id
    await make.session.commit()
    assert [await colleague.told(noun) for noun in ("chances", "plans", "customers", "linkmen")] == [
        {chance.id: True}, {plan.id: True}, {customer.id: True}, {linkman.id: True},
    ]  # fmt: skip


async def test_deleted_and_restored(make: Make, team: Team, readers: dict[str, Reader]) -> None:
    customer = await make.customer(team.manager)
    linkman = await make.linkman(customer)
    await begin(readers, "customers", "linkmen")
    for deleted_at in (make.now(), None):
        customer.deleted_at = deleted_at
        await make.session.commit()
        for noun, row in (("customers", customer), ("linkmen", linkman)):
            found = await told(readers, noun)
            assert found.pop("colleague") == {}
            assert found == {key: {row.id: deleted_at is not None} for key in found}, noun


async def test_a_plan_is_deleted_at_once(make: Make, team: Team, readers: dict[str, Reader], app: FastAPI) -> None:
    plan = await make.plan(await make.chance(team.manager, team.manager))
    await begin(readers, "plans")
    async with patient(app, team.manager) as manager:
        assert (await manager.delete(f"/plans/{plan.id}", headers={"If-Match": '"1"'})).status_code == 204
    found = await told(readers, "plans")
    assert found == {
        "manager": {plan.id: True}, "colleague": {}, "supervisor": {plan.id: True}, "executive": {plan.id: True},
    }  # fmt: skip


async def test_what_is_purged_is_told_to_those_who_saw_it(
    make: Make, team: Team, readers: dict[str, Reader], app: FastAPI
) -> None:
    customer = await make.customer(team.manager)
    rows = {"customers": customer, "linkmen": await make.linkman(customer)}
    await begin(readers, *rows)
    for row in reversed(rows.values()):
        row.deleted_at = make.now()
        await make.session.commit()
    purger = await with_rights(make, team, all=("recycle:purge",))
    async with patient(app, purger) as purging:
        answer = await purging.post(
            f"/recycle-bin/customers/{customer.id}/purge",
            json={"confirm": customer.number},
            headers={"If-Match": '"2"'},
        )
        assert answer.status_code == 204, answer.text
    for noun, row in rows.items():
        found = await told(readers, noun)
        assert found.pop("colleague") == {}
        assert found == {key: {row.id: True} for key in found}, noun


async def test_what_goes_along_with_a_purge_is_told(
    make: Make, team: Team, readers: dict[str, Reader], app: FastAPI
) -> None:
    chance = await make.chance(team.manager, team.manager)
    plan = await make.plan(chance)
    await begin(readers, "plans")
    await make.session.refresh(chance)
    chance.deleted_at = make.now()
    await make.session.commit()
    purger = await with_rights(make, team, all=("recycle:purge",))
    async with patient(app, purger) as purging:
        place = f"/recycle-bin/chances/{chance.id}/purge"
        answer = await purging.post(place, json={"confirm": chance.number}, headers={"If-Match": '"2"'})
        assert answer.status_code == 204, answer.text
    found = await told(readers, "plans")
    assert found.pop("colleague") == {}
    assert found == {name: {plan.id: True} for name in found}


async def test_other_reach_and_another_database_begin_anew(
    make: Make, team: Team, readers: dict[str, Reader], committed: Database, app: FastAPI
) -> None:
    await begin(readers, "customers")
    supervisor, executive = readers["supervisor"], readers["executive"]
    assert await supervisor.told("customers") == {}
    await make.user("manager", name="新人", department=team.east)
    app.state.kith.standings.forget(team.supervisor.id)
    assert await status(supervisor, "customers") == 410
    assert await status(executive, "customers") == 200
    async with unit(committed) as ctx:
        await changes.begin_anew(ctx)
    assert await status(executive, "customers") == 410
    assert await status(readers["manager"], "customers") == 410
    executive.cursors.clear()
    assert await executive.told("customers") == {}


async def status(reader: Reader, noun: str, **more: Any) -> int:
    answer = await reader.client.get(f"/{noun}/changes", params={"after": reader.cursors[noun]} | more)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "begin anew" in answer.json()["detail"] or "重新开始" in answer.json()["detail"]
    return answer.status_code


async def test_another_s_cursor_and_nonsense_are_refused(readers: dict[str, Reader]) -> None:
    await begin(readers, "customers", "orders")
    manager, colleague = readers["manager"], readers["colleague"]
    answer = await manager.client.get("/customers/changes", params={"after": colleague.cursors["customers"]})
    assert answer.status_code == 410
    for wrong in ("nonsense", manager.cursors["orders"]):
        answer = await manager.client.get("/customers/changes", params={"after": wrong})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/after"
