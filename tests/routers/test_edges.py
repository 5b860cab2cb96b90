"""Rules at their edges: rows named twice, cursors of the board, dates that follow, what comes back from the bin."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from app.models.customers.linkmen import Linkman
from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]


async def test_a_row_named_twice_in_a_bulk_step_is_done_once(make: Make, team: Team, as_: As) -> None:
    chance = await make.chance(team.manager)
    body = {"assignee_id": team.colleague.id, "items": [{"id": chance.id}, {"id": chance.id}]}
    answer = await as_(team.supervisor).post("/chances/bulk-assign", json=body)
    assert [row["outcome"] for row in answer.json()["results"]] == ["done", "done"]


async def test_the_list_goes_on_where_a_column_of_the_board_ends(make: Make, team: Team, as_: As) -> None:
    for _ in range(52):
        await make.chance(team.manager, team.manager)
    manager = as_(team.manager)
    column = next(c for c in (await manager.get("/chances/board")).json()["columns"] if c["count"])
    query = {"status": "assigned", "stage_id": column["stage"]["id"], "cursor": column["next_cursor"]}
    more = await manager.get("/chances", params=query)
    assert more.status_code == 200, more.text
    seen = [card["id"] for card in (*column["items"], *more.json()["items"])]
    assert len(seen) == len(set(seen)) == column["count"] == 52


async def test_a_title_that_begins_like_a_number_is_found(make: Make, team: Team, as_: As) -> None:
    chance = await make.chance(team.manager, title="JH 光伏", number="JH202001010000042")
    manager = as_(team.manager)
    for text in ("JH 光伏", "jh202001010000042"):
        found = (await manager.get("/chances", params={"q": text})).json()["items"]
        assert [row["id"] for row in found] == [chance.id]


async def test_an_activity_that_changes_its_chance_moves_the_dates_of_both(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    one, two = [await make.chance(team.manager, team.manager, customer_id=customer.id) for _ in range(2)]
    manager = as_(team.manager)
    written = (await manager.post("/activities", json={"title": "电话", "chance_id": one.id})).json()
    body, headers = {"chance_id": two.id}, {"If-Match": '"1"'}
    assert (await manager.patch(f"/activities/{written['id']}", json=body, headers=headers)).status_code == 200
    rows = await make.session.execute(select(Chance.id, Chance.last_activity_at), execution_options={"scoped": "test"})
    dates = {row.id: row.last_activity_at for row in rows}
    assert (dates[one.id], dates[two.id] is not None) == (None, True)


async def test_reading_further_than_writing_does_not_let_one_write(make: Make, team: Team, as_: As) -> None:
    both = await make.user("executive", "manager", department=team.company)
    customer = await make.customer(team.stranger)
    body = {"customer_id": customer.id, "title": "电话"}
    assert (await as_(both).get(f"/customers/{customer.id}")).status_code == 200
    assert (await as_(both).post("/activities", json=body)).status_code == 403
    await make.chance(team.supervisor, both, customer_id=customer.id)
    assert (await as_(both).post("/activities", json=body)).status_code == 201


async def test_a_win_is_the_last_contact_of_chance_and_customer(make: Make, team: Team, as_: As) -> None:
    chance = await make.chance(team.supervisor, team.manager)
    body = {"close_value": "10", "create_customer": True}
    assert (await as_(team.manager).post(f"/chances/{chance.id}/succeed", json=body)).status_code == 200
    won = (await as_(team.manager).get(f"/chances/{chance.id}")).json()
    customer = (await as_(team.manager).get(f"/customers/{won['customer']['id']}")).json()
    assert won["last_activity_at"] == customer["last_activity_at"] is not None


async def test_a_chance_does_not_come_back_before_its_customer(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    chance = await make.chance(team.manager, customer_id=customer.id)
    manager, supervisor, first = as_(team.manager), as_(team.supervisor), {"If-Match": '"1"'}
    assert (await manager.delete(f"/chances/{chance.id}", headers=first)).status_code == 204
    assert (await supervisor.delete(f"/customers/{customer.id}", headers=first)).status_code == 204
    early = await manager.post(f"/chances/{chance.id}/restore")
    assert (early.status_code, early.json()["code"]) == (409, "customer_deleted")
    assert (await supervisor.post(f"/customers/{customer.id}/restore")).status_code == 200
    assert (await manager.post(f"/chances/{chance.id}/restore")).status_code == 200


async def test_saying_again_that_someone_left_keeps_the_day(make: Make, team: Team, as_: As) -> None:
    left_at = make.ctx.now - timedelta(days=90)
    linkman = await make.linkman(await make.customer(team.manager), status="left", left_at=left_at)
    body, headers = {"status": "left", "memo": "退休"}, {"If-Match": '"1"'}
    assert (await as_(team.manager).patch(f"/linkmen/{linkman.id}", json=body, headers=headers)).status_code == 200
    kept = select(Linkman.left_at).where(Linkman.id == linkman.id)
    assert await make.session.scalar(kept.execution_options(scoped="test")) == left_at
