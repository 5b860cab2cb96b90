"""Deleting for good from the recycle bin, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text

from app.core.ctx import NOBODY, Ctx
from app.core.db import Base
from app.models.base.audit import LogEntry
from app.models.base.notices import Notice
from app.models.care.losses import LossMeasure
from app.models.care.services import ServiceNote, ServiceRound
from app.models.orders.payments import OrderPayment
from app.models.reports.periodic import PeriodicReport
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import SHANGHAI, Make
from tests.factories.team import Team

As = Callable[..., Client]
FIRST = {"If-Match": '"1"'}
SECOND = {"If-Match": '"2"'}


async def full_customer(make: Make, team: Team) -> Any:
    """Make a customer with one of everything that goes along with it."""
    customer = await make.customer(team.manager, "机密科技有限公司", tel="021-999")
    boss = await make.linkman(customer, "机密王总", is_primary=True)
    await make.linkman(customer, "机密小李", superior_id=boss.id)
    facts = {"customer_id": customer.id, "customer_name": customer.name, "title": "机密项目"}
    chance = await make.chance(team.manager, team.manager, **facts, status="failed", closed_on=make.today)
    await make.plan(chance, todo="机密拜访", status="cancelled")
    customer.origin_chance_id = chance.id
    await make.session.commit()
    await make.activity(customer, team.manager, title="机密通话", chance_id=chance.id, linkman_id=boss.id)
    done = {"status": "archived", "linkman_id": boss.id, "chance_id": chance.id, "title": "机密报修"}
    service = await make.service(customer, team.manager, **done)
    await make.service(customer, team.manager, status="archived", origin_id=service.id)
    await make.add(
        ServiceRound(service_id=service.id, n=1, deal="机密处理", dealt_by=team.manager.id, dealt_at=make.now())
    )
    await make.add(ServiceNote(service_id=service.id, text="机密备注", by=team.manager.id, at=make.now()))
    loss = await make.loss(customer)
    await make.add(
        LossMeasure(loss_id=loss.id, date=make.today, text="机密措施", review_date=make.today, by=team.manager.id)
    )
    told = {"kind": "chance_assigned", "entity": "chances", "entity_id": chance.id, "title": "机密项目"}
    await make.add(Notice(user_id=team.manager.id, at=make.now(), **told))
    await make.customer(team.manager, "子公司", parent_id=customer.id)
    return customer


async def whole_database(make: Make) -> str:
    """Return every row of every table as text."""
    found = [
        str(await make.session.scalar(text(f'select jsonb_agg(to_jsonb(t))::text from "{table.name}" t')))  # noqa: S608
        for table in Base.metadata.sorted_tables
    ]
    return "\n".join(found)


class TestCustomer:
    async def test_nothing_of_it_is_left_but_who_did_it_when(self, team: Team, as_: As, make: Make) -> None:
        customer = await full_customer(make, team)
        supervisor, admin = as_(team.supervisor), as_(team.admin)
        assert (
            await supervisor.patch(f"/customers/{customer.id}", json={"memo": "机密附注"}, headers=SECOND)
        ).status_code == 200
        await supervisor.delete(f"/customers/{customer.id}", headers={"If-Match": '"3"'})
        assert "机密" in await whole_database(make)
        url = f"/recycle-bin/customers/{customer.id}/purge"
        seen = (await admin.get(url)).json()
        assert (seen["number"], seen["name"], seen["deleted_by"]["name"]) == (
            customer.number,
            "机密科技有限公司",
            "东主管",
        )
        assert {one["noun"]: one["count"] for one in seen["goes"]} == {
            "linkmen": 2, "activities": 1, "chances": 1, "plans": 1, "services": 2, "losses": 1,
        }  # fmt: skip
        assert seen["blocks"] == []
        match = {"If-Match": f'"{seen["version"]}"'}
        answer = await admin.post(url, json={"confirm": customer.number}, headers=match)
        assert answer.status_code == 204, answer.text
        assert "机密" not in await whole_database(make)
        assert (await admin.get(url)).status_code == 404
        rows = (await admin.get("/audit", params={"entity": "customers", "entity_id": customer.id})).json()["items"]
        assert (rows[0]["action"], rows[0]["actor"]["name"], rows[0]["changes"]["linkmen"]) == (
            "purge",
            "管理员",
            [None, 2],
        )
        everything = await make.session.scalars(select(LogEntry.action).where(LogEntry.action.in_(("erase", "purge"))))
        assert list(everything) == ["purge"]  # of a customer with all that hung on it
        assert [(row["action"], row["changes"].get("memo")) for row in rows[1:3]] == [
            ("delete", None),
            ("update", [None, None]),
        ]
        child = (await supervisor.get("/customers")).json()["items"][0]
        assert (await supervisor.get(f"/customers/{child['id']}")).json()["parent"] is None
        assert await verify.sums(Ctx(make.session, NOBODY, Make.now(), SHANGHAI)) == []

    async def test_an_order_also_in_the_bin_or_an_issued_report_keeps_it(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, deleted_at=make.now(), deleted_by=team.manager.id)
        await make.order(customer, deleted_at=make.now(), deleted_by=team.manager.id)
        rows = [{"key": str(customer.id), "id": customer.id, "name": customer.name, "values": []}]
        data = [{"tables": [{"dimension": "customer", "rows": rows}]}]
        facts = {"month": make.today.replace(day=1), "department_id": team.east.id, "author_id": team.supervisor.id}
        await make.add(PeriodicReport(number="KB1", status="issued", data=data, issued_at=make.now(), **facts))
        admin, url = as_(team.admin), f"/recycle-bin/customers/{customer.id}/purge"
        answer = await admin.post(url, json={"confirm": customer.number}, headers=FIRST)
        blocks = [{"what": "orders", "count": 1}, {"what": "reports", "count": 1}]
        assert (answer.status_code, answer.json()["code"], answer.json()["blocks"]) == (409, "in_use", blocks)
        assert (await admin.get(url)).json()["blocks"] == blocks


class TestOthers:
    async def test_a_chance_goes_with_its_plan_and_leaves_what_named_it(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        chance = await make.chance(team.manager, customer_id=customer.id, amount=5)
        await make.plan(chance)
        activity = await make.activity(customer, team.manager, chance_id=chance.id)
        manager = as_(team.manager)
        await manager.delete(f"/chances/{chance.id}", headers=FIRST)
        url = f"/recycle-bin/chances/{chance.id}/purge"
        answer = await as_(team.admin).post(url, json={"confirm": chance.number}, headers=SECOND)
        assert answer.status_code == 204, answer.text
        assert (await manager.get(f"/activities/{activity.id}")).json()["version"] == 2
        assert await verify.sums(Ctx(make.session, NOBODY, Make.now(), SHANGHAI)) == []

    async def test_an_order_of_a_chance_keeps_it(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager)
        chance = await make.chance(team.manager, customer_id=customer.id, deleted_at=make.now())
        await make.order(customer, chance_id=chance.id)
        seen = (await as_(team.admin).get(f"/recycle-bin/chances/{chance.id}/purge")).json()
        assert seen["blocks"] == [{"what": "orders", "count": 1}]

    async def test_a_contact_is_confirmed_by_name_and_their_other_posts_stay_one_person(
        self, team: Team, as_: As, make: Make
    ) -> None:
        customers = [await make.customer(team.manager) for _ in range(3)]
        first = await make.linkman(customers[0], "王芳", deleted_at=make.now())
        second, third = [await make.linkman(one, "王芳", origin_id=first.id) for one in customers[1:]]
        report = await make.linkman(customers[0], "李雷", superior_id=first.id)
        url = f"/recycle-bin/linkmen/{first.id}/purge"
        assert (await as_(team.admin).post(url, json={"confirm": "王芳"}, headers=FIRST)).status_code == 204
        manager = as_(team.manager)
        posts = (await manager.get(f"/linkmen/{third.id}")).json()["posts"]
        assert [post["id"] for post in posts] in ([second.id], [second.id, third.id])
        assert (await manager.get(f"/linkmen/{report.id}")).json()["superior"] is None

    async def test_a_draft_goes_with_its_lines_unless_it_was_paid(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product(price=3)
        order = await make.order(await make.customer(team.manager), (product, 2), deleted_at=make.now())
        admin, url = as_(team.admin), f"/recycle-bin/orders/{order.id}/purge"
        payment = await make.add(OrderPayment(order_id=order.id, date=make.today, amount=1))
        refused = await admin.post(url, json={"confirm": order.number}, headers=FIRST)
        assert (refused.status_code, refused.json()["blocks"]) == (409, [{"what": "payments", "count": 1}])
        await make.session.delete(payment)
        await make.session.commit()
        assert (await admin.get(url)).json()["goes"] == [{"noun": "lines", "count": 1}]
        assert (await admin.post(url, json={"confirm": order.number}, headers=FIRST)).status_code == 204
        lines = select(func.count()).select_from(Base.metadata.tables["orders_line"])
        assert await make.session.scalar(lines) == 0


class TestDoor:
    @pytest.mark.parametrize("who", ["supervisor", "manager", "executive"])
    async def test_only_who_holds_the_right(self, who: str, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, deleted_at=make.now(), deleted_by=team.manager.id)
        person, url = as_(getattr(team, who)), f"/recycle-bin/customers/{customer.id}/purge"
        assert (await person.get(url)).status_code == 403
        assert (await person.post(url, json={"confirm": customer.number}, headers=FIRST)).status_code == 403

    async def test_version_typing_and_the_bin_are_asked_for(self, team: Team, as_: As, make: Make) -> None:
        customer = await make.customer(team.manager, deleted_at=make.now(), deleted_by=team.manager.id)
        alive = await make.customer(team.manager)
        admin, url = as_(team.admin), f"/recycle-bin/customers/{customer.id}/purge"
        body = {"confirm": customer.number}
        assert (await admin.post(url, json=body)).status_code == 428
        assert (await admin.post(url, json=body, headers=SECOND)).status_code == 412
        wrong = await admin.post(url, json={"confirm": customer.name}, headers=FIRST)
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/confirm")
        assert (await admin.get(f"/recycle-bin/customers/{alive.id}/purge")).status_code == 404
        assert (await admin.get(f"/recycle-bin/products/{alive.id}/purge")).status_code == 422
        assert (await admin.get(url)).status_code == 200
