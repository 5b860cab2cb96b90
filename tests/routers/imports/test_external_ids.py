"""Ids of other systems outside of imports: read by everybody, written by who may import, on every noun that can be imported."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.core import feed
from app.core.external import importable
from app.core.touched import noun_of
from tests.conftest import Client
from tests.factories import house
from tests.factories.make import Make
from tests.factories.team import Team, with_rights
from tests.guards.test_routes import application, routes

As = Callable[..., Client]
FOUND = {"losses"}
"""Nouns whose records nobody makes by hand."""
NOUNS = {noun: model for model in importable() if feed.is_record(model) and (noun := noun_of(model)) not in FOUND}
WRITES = (
    "departments:read", "departments:write", "users:read", "users:write", "products:read", "products:write",
    "customers:read", "customers:create", "customers:update", "linkmen:read", "linkmen:write", "chances:read",
    "chances:create", "chances:update", "orders:read", "orders:write", "people:read",
    "activities:read", "activities:write", "assets:read", "assets:write", "competitors:read", "competitors:write", "plans:read", "plans:write",
    "services:read", "services:create", "services:deal", "services:assign",
)  # fmt: skip


async def bodies(make: Make, team: Team) -> dict[str, dict[str, Any]]:
    """Return a new record of each noun."""
    customer = await make.customer(team.manager)
    return {
        "departments": {"name": "南部", "parent_id": team.east.id},
        "users": {"user_name": "nora", "name": "Nora", "roles": ["manager"], "department_id": team.east.id},
        "products": {"name": "阀门"},
        "competitors": {"name": "同行科技"},
        "assets": {"customer_id": customer.id, "product_id": (await make.product()).id},
        "product_categories": {"name": "硬件"},
        "customers": {"name": "全新客户公司"},
        "linkmen": {"name": "李四", "customer_id": customer.id},
        "chances": {"title": "阀门一批", "customer_name": "某客户"},
        "orders": {"customer_id": customer.id},
        "plans": {"date": str(make.today), "todo": "电话"},
        "services": {"type": "request", "title": "坏了", "request": "请修", "customer_id": customer.id},
        "activities": {"title": "电话", "customer_id": customer.id},
    }


def address(noun: str) -> str:
    return f"/{noun.replace('_', '-')}"


BELOW = {"plans": "/chances/{}/plans"}
"""Where records are made that are made below another one."""


async def made_at(noun: str, make: Make, team: Team) -> str:
    if noun in BELOW:
        return BELOW[noun].format((await make.chance(team.manager, team.manager)).id)
    return address(noun)


async def who(make: Make, team: Team, *more: str) -> Any:
    return await with_rights(make, team, all=(*WRITES, "rbac:write", *more))


@pytest.mark.parametrize("noun", sorted(NOUNS))
class TestEveryNoun:
    async def test_who_may_import_sets_changes_and_takes_it(self, noun: str, make: Make, team: Team, as_: As) -> None:
        client = as_(await who(make, team, "imports:write"))
        body = (await bodies(make, team))[noun]
        answer = await client.post(await made_at(noun, make, team), json=body | {"external_id": " E1 "})
        assert (answer.status_code, answer.json().get("external_id")) == (201, "E1"), answer.text
        place = address(noun) + f"/{answer.json()['id']}"
        for wanted in ("E2", None):
            etag = {"If-Match": answer.headers["etag"]}
            answer = await client.patch(place, json={"external_id": wanted}, headers=etag)
            assert (answer.status_code, answer.json()["external_id"]) == (200, wanted)

    async def test_others_read_it_and_are_refused_at_the_field(
        self, noun: str, make: Make, team: Team, as_: As
    ) -> None:
        client, body = as_(await who(make, team)), (await bodies(make, team))[noun]
        above = await made_at(noun, make, team)
        refused = await client.post(above, json=body | {"external_id": "E1"})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/external_id")
        made = (await client.post(above, json=body)).json()
        await make.session.execute(
            NOUNS[noun]
            .__table__.update()
            .where(NOUNS[noun].id == made["id"])
            .values({NOUNS[noun].__mapper__.columns["external_id"]: "E1"})
        )
        await make.session.commit()
        for wanted in ("E2", None):
            refused = await client.patch(
                address(noun) + f"/{made['id']}",
                json={"external_id": wanted},
                headers={"If-Match": f'"{made["version"]}"'},
            )
            assert refused.status_code == 403
            assert refused.json()["right"] == "imports:write"
        same = await client.patch(
            address(noun) + f"/{made['id']}", json={"external_id": "E1"}, headers={"If-Match": f'"{made["version"]}"'}
        )
        assert (same.status_code, same.json()["external_id"]) == (200, "E1")

    async def test_nothing_is_changed_by_a_refusal(self, noun: str, make: Make, team: Team, as_: As) -> None:
        client, model = as_(await who(make, team)), NOUNS[noun]
        body = (await bodies(make, team))[noun] | {"external_id": "E1"}
        assert (await client.post(await made_at(noun, make, team), json=body)).status_code == 403
        found = select(model.id).where(model.external_id == "E1").execution_options(scoped="all of them")
        assert (await make.session.scalars(found)).all() == []

    async def test_one_that_is_taken_is_told_at_the_field(self, noun: str, make: Make, team: Team, as_: As) -> None:
        client, made = as_(await who(make, team, "imports:write")), await bodies(make, team)
        above = await made_at(noun, make, team)
        assert (await client.post(above, json=made[noun] | {"external_id": "E1"})).status_code == 201
        twin = made[noun] | {"external_id": "E1"}
        if noun == "customers":
            twin["name"] = "另外一家客户"
        if noun == "competitors":
            twin["name"] = "另一家同行"
        if noun == "users":
            twin["user_name"] = "other"
        answer = await client.post(above, json=twin)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (409, "/external_id")


@pytest.mark.parametrize("status", ["warning", "delayed", "lost", "recovered"])
async def test_a_churn_entry_takes_one_in_every_state(status: str, make: Make, team: Team, as_: As) -> None:
    lost = {"lost_date": make.today, "reason": "price"} if status == "lost" else {}
    loss = await make.loss(await make.customer(team.manager), status=status, **lost)
    place, etag = f"/losses/{loss.id}", {"If-Match": f'"{loss.version}"'}
    refused = await as_(team.manager).patch(place, json={"external_id": "E1"}, headers=etag)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/external_id")
    client = as_(await who(make, team, "losses:read", "imports:write"))
    assert (await client.patch(place, json={}, headers=etag)).status_code == 422
    for wanted in ("E1", None):
        answer = await client.patch(place, json={"external_id": wanted}, headers=etag)
        assert (answer.status_code, answer.json().get("external_id")) == (200, wanted), answer.text
        stale, etag = etag, {"If-Match": answer.headers["etag"]}
        assert (await client.patch(place, json={"external_id": "E2"}, headers=stale)).status_code == 412


@pytest.mark.parametrize("noun", ["losses", *sorted(NOUNS)])
async def test_every_list_finds_by_one(noun: str, make: Make, team: Team, as_: As) -> None:
    client = as_(await who(make, team, "losses:read", "imports:write"))
    if noun == "losses":
        await make.loss(await make.customer(team.manager), external_id="E1")
    else:
        body = (await bodies(make, team))[noun]
        await client.post(await made_at(noun, make, team), json=body | {"external_id": "E1"})
    for wanted, there in (("E1", 1), ("E2", 0)):
        answer = await client.get(address(noun), params={"external_id": wanted})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert len(found if isinstance(found, list) else found["items"]) == there


async def in_state(make: Make, team: Team, noun: str, status: str) -> str:
    """Make a record in a state and return its address."""
    if noun == "orders":
        row = await make.order(await make.customer(team.manager), status=status, owner_id=team.manager.id)
    elif noun == "services":
        assignee = None if status in {"created", "void"} else team.manager
        dealt = {"first_dealt_at": make.ctx.now} if status in {"dealt", "archived"} else {}
        row = await make.service(await make.customer(team.manager), assignee, status=status, **dealt)
    elif noun == "plans":
        done = {"result": "谈过了", "done_at": make.ctx.now, "done_by": team.manager.id} if status == "done" else {}
        row = await make.plan(await make.chance(team.manager, team.manager), status=status, **done)
    else:
        assignee = None if status == "unassigned" else team.manager
        ended = {} if status in {"unassigned", "assigned"} else {"closed_on": make.today, "closed_at": make.ctx.now}
        row = await make.chance(team.manager, assignee, status=status, **ended)
    return f"/{noun}/{row.id}"


STATES = {"chances": ("unassigned", "assigned", "succeeded", "failed"),
          "orders": ("draft", "confirmed", "completed", "cancelled"),
          "plans": ("open", "done", "cancelled"),
          "services": ("created", "assigned", "dealt", "archived", "void")}  # fmt: skip


@pytest.mark.parametrize(("noun", "status"), [(noun, one) for noun, states in STATES.items() for one in states])
async def test_a_record_takes_one_in_every_state_and_nothing_else(
    noun: str, status: str, make: Make, team: Team, as_: As
) -> None:
    place, etag = await in_state(make, team, noun, status), {"If-Match": '"1"'}
    client = as_(await who(make, team, "imports:write"))
    other = {"chances": "title", "services": "title", "plans": "todo", "orders": "memo"}[noun]
    closed = status in {"succeeded", "failed", "completed", "cancelled", "done", "archived", "void"}
    more = await client.patch(place, json={"external_id": "E1", other: "else"}, headers=etag)
    assert more.status_code == (409 if closed else 200)
    etag = etag if closed else {"If-Match": more.headers["etag"]}
    answer = await client.patch(place, json={"external_id": "E2"}, headers=etag)
    assert (answer.status_code, answer.json().get("external_id")) == (200, "E2"), answer.text
    refused = await as_(team.manager).patch(
        place, json={"external_id": "E3"}, headers={"If-Match": answer.headers["etag"]}
    )
    assert (refused.status_code, refused.json()["right"]) == (403, "imports:write")


def test_every_noun_with_closed_states_lets_them_take_one() -> None:
    closing = {
        str(noun) for noun, model in NOUNS.items() for name, one in house.lives().items()
        if name == str(noun)[:-1] and one.STEPS.steps["update"].sources is not None
    }  # fmt: skip
    assert closing == STATES.keys()
    for noun in closing:
        place = house.APP / "services" / NOUNS[noun].__module__.removeprefix("app.models.").replace(".", "/")
        assert "external.step(" in place.with_suffix(".py").read_text(encoding="utf-8")


def test_every_noun_with_one_can_be_imported_read_and_written() -> None:
    known = dict(routes(application()))
    assert len(NOUNS) >= 7
    for noun in NOUNS:
        assert f"POST /api/v1/imports/{noun.replace('_', '-')}" in known
        for method in ("POST", "PATCH"):
            place = BELOW.get(noun, "").split("{", maxsplit=1)[0] if method == "POST" else ""
            names = [name for name in known if name.startswith(f"{method} /api/v1{place or address(noun)}")]
            names = [name for name in names if name.endswith(f"/{noun}")] if place else names
            route = known[min(names, key=len)]
            sent = route.dependant.body_params[0].field_info.annotation
            assert "external_id" in sent.model_fields, (noun, method)
            assert "external_id" in route.response_model.model_fields, (noun, method)
