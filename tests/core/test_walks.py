"""A list, its total and a search show what a detail would show, and nothing else: for every noun, reach and reason to see a row."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core import nouns
from app.core.owners import declared
from app.models.customers.linkmen import Linkman
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
MODELS: dict[str, Any] = {code: noun.model for code, noun in nouns.known().items() if declared(noun.model)}
"""Every noun that is somebody's: what is made of none, nobody sees."""
WORDS = {"customers": "云", "chances": "云", "linkmen": "张三"}
"""What finds all rows of a list that is searched here."""


async def fill(make: Make, team: Team) -> None:
    """Make customers of everybody and nobody, on which others work, too; some lie in the recycle bin."""
    product = await make.product(price=100)
    people = (team.manager, team.colleague, team.stranger)
    for place, owner in enumerate((*people, *people)):
        other = people[(place + 1) % 3]
        customer = await make.customer(owner, f"云{place}")
        await make.linkman(customer)
        await make.asset(customer, product_id=product.id)
        chance = await make.chance(
            owner, other, customer_id=customer.id, customer_name=customer.name, title=f"云{place}", status="assigned"
        )
        await make.plan(chance)
        await make.chance(other, customer_id=customer.id, customer_name=customer.name, title=f"云{place}")
        await make.service(customer, people[(place + 2) % 3] if place > 2 else None)
        await make.activity(customer, owner)
        await make.order(customer, (product, 1))
        await make.loss(customer)
    customer.manager_id = None
    await make.session.commit()


async def ids(make: Make, model: Any) -> set[int]:
    """Return the keys of all rows, whoever sees them."""
    return set(
        await make.session.scalars(select(model.id).execution_options(scoped="all of them, to be asked for one by one"))
    )


@pytest.mark.parametrize("who", ["executive", "supervisor", "manager", "colleague", "stranger"])
@pytest.mark.parametrize("noun", MODELS)
async def test_a_list_shows_the_rows_that_a_detail_shows(noun: str, who: str, make: Make, team: Team, as_: As) -> None:
    await fill(make, team)
    person = as_(getattr(team, who))
    seen = {key for key in await ids(make, MODELS[noun]) if (await person.get(f"/{noun}/{key}")).status_code == 200}
    assert seen
    for query in ("", f"&q={WORDS[noun]}") if noun in WORDS else ("",):
        page = (await person.get(f"/{noun}?limit=200{query}")).json()
        assert {row["id"] for row in page["items"]} == seen
        assert page["total"] == len(page["items"]) == len(seen)


async def test_contacts_follow_their_customer_to_its_next_manager(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager)
    supervisor, manager, colleague = as_(team.supervisor), as_(team.manager), as_(team.colleague)
    made = await manager.post("/linkmen", json={"customer_id": customer.id, "name": "李四"})
    assert made.status_code == 201
    body = {"manager_id": team.colleague.id, "reason": "reassigned"}
    moved = await supervisor.post(f"/customers/{customer.id}/transfer", json=body)
    assert moved.status_code == 200, moved.text
    assert [row["name"] for row in (await colleague.get("/linkmen")).json()["items"]] == ["李四"]
    assert (await manager.get("/linkmen")).json()["items"] == []
    assert await verify.sums(make.ctx) == []


async def test_verify_tells_of_a_contact_with_another_manager(make: Make, team: Team) -> None:
    linkman = await make.linkman(await make.customer(team.manager))
    wrong = update(Linkman).where(Linkman.id == linkman.id).values(manager_id=team.stranger.id)
    await make.session.execute(wrong.execution_options(synchronize_session=False))
    assert await verify.sums(make.ctx) == [
        f"cst_linkman {linkman.id} lkm_manager_id: kept {team.stranger.id}, customer {team.manager.id}"
    ]


async def test_imported_contacts_are_their_managers_too(make: Make, team: Team, as_: As) -> None:
    customer = await make.customer(team.manager, external_id="c1")
    row = {"external_id": "l1", "customer_external_id": customer.external_id, "name": "王五"}
    answer = await as_(team.admin).post("/imports/linkmen", json={"rows": [row]})
    assert [one["outcome"] for one in answer.json()["results"]] == ["created"], answer.text
    assert [one["name"] for one in (await as_(team.manager).get("/linkmen")).json()["items"]] == ["王五"]
    assert await verify.sums(make.ctx) == []
