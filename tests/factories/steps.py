"""Every noun with steps: one record in each of its states, and how each step is asked for over HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.scope import unscoped
from app.models.access.rbac import Role
from app.models.care.losses import Loss
from app.models.care.services import ServiceRound
from app.models.orders.orders import OrderLine
from app.models.orders.payments import OrderPayment
from app.models.orders.shipments import OrderShipment, ShipmentLine
from app.models.reports.periodic import PeriodicReport
from tests.factories.make import Make
from tests.factories.team import Team

Asked = tuple[str, str, Any]
"""Method, what follows the record's address, and the body."""


@dataclass
class Noun:
    """A noun: its records by state, its steps, and steps that this state asks for under another name."""

    path: str
    records: dict[str, int]
    steps: dict[str, Asked]
    elsewhere: frozenset[str] = frozenset()
    """Steps that are no request about the record itself: tried by another noun, or only offered."""
    instead: Callable[[str, str], bool] = field(default=lambda _state, _step: False)
    """Whether the same request is another step in this state."""


async def chances(make: Make, team: Team) -> Noun:
    """The creator is not the assignee, so that the two are told apart."""
    states = {
        "unassigned": await make.chance(team.manager),
        "assigned": await make.chance(team.colleague, team.manager),
        "succeeded": await make.chance(
            team.colleague, team.manager, status="succeeded", closed_at=make.now(), closed_on=make.today
        ),
        "succeeded long ago": await make.chance(
            team.manager,
            team.manager,
            status="succeeded",
            closed_at=make.now() - timedelta(days=31),
            closed_on=make.today - timedelta(days=31),
        ),
        "failed": await make.chance(
            team.colleague, team.manager, status="failed", closed_at=make.now(), closed_on=make.today
        ),
    }
    give = {"assignee_id": (await make.user("manager", department=team.east)).id, "reason": "换人"}
    won = {"reason": "price", "close_value": "1", "create_customer": True, "confirm_new": True}
    steps: dict[str, Asked] = {
        "update": ("PATCH", "", {"title": "改名"}),
        "move": ("POST", "/move", {"stage_id": (await make.stage(1)).id}),
        "delete": ("DELETE", "", None),
        "propose": ("POST", "/propose", {"assignee_id": None}),
        "assign": ("POST", "/assign", give),
        "reassign": ("POST", "/assign", give),
        "take_back": ("POST", "/take-back", {"reason": "重新安排"}),
        "succeed": ("POST", "/succeed", won),
        "fail": ("POST", "/fail", {"reason": "budget"}),
        "reopen": ("POST", "/reopen", {"reason": "又有希望"}),
        "plan": ("POST", "/plans", {"date": str(make.today), "todo": "打电话"}),
    }
    return Noun(
        "/chances",
        {state: row.id for state, row in states.items()},
        steps,
        frozenset({"execute"}),
        lambda state, step: step == ("assign" if state == "assigned" else "reassign"),
    )


async def plans(make: Make, team: Team) -> Noun:
    """Items of a chance that is worked on, and of one that is closed."""
    works, closed = (
        await make.chance(team.colleague, team.manager),
        await make.chance(team.manager, team.manager, status="failed", closed_at=make.now(), closed_on=make.today),
    )
    done = {"status": "done", "result": "谈好", "done_by": team.manager.id}
    records = {
        "open": await make.plan(works),
        "done": await make.plan(works, **done, done_at=make.now()),
        "done long ago": await make.plan(works, **done, done_at=make.now() - timedelta(days=3)),
        "cancelled": await make.plan(works, status="cancelled"),
        "open of a closed chance": await make.plan(closed),
    }
    steps: dict[str, Asked] = {
        "update": ("PATCH", "", {"todo": "上门"}),
        "delete": ("DELETE", "", None),
        "execute": ("POST", "/execute", {"result": "谈好"}),
        "correct": ("PATCH", "", {"result": "改过"}),
    }
    return Noun("/plans", {state: row.id for state, row in records.items()}, steps)


async def orders(make: Make, team: Team) -> Noun:
    """Orders of every state, paid or not, shipped or not."""
    customer = await make.customer(team.manager)
    product = await make.product(price=Decimal(10))
    records = {"draft": await make.order(customer, (product, 2)), "draft without lines": await make.order(customer)}
    confirmed = {"status": "confirmed", "owner_id": team.manager.id}
    records["confirmed"] = await make.order(customer, (product, 2), **confirmed)
    sent = await make.order(customer, (product, 2), **confirmed, paid=Decimal(20), delivery_state="shipped")
    records["confirmed, sent and paid"] = sent
    payment = await make.add(OrderPayment(order_id=sent.id, date=make.today, amount=Decimal(20)))
    shipment = await make.add(OrderShipment(order_id=sent.id, number="FH202001010000001", date=make.today))
    line = (
        await make.session.scalars(unscoped(select(OrderLine).where(OrderLine.order_id == sent.id), "made here"))
    ).one()
    await make.add(ShipmentLine(shipment_id=shipment.id, line_id=line.id, count=2))
    records["completed"] = await make.order(customer, (product, 2), status="completed", owner_id=team.manager.id)
    records["cancelled"] = await make.order(customer, status="cancelled", owner_id=team.manager.id)
    steps: dict[str, Asked] = {
        "update": ("PATCH", "", {"memo": "x"}),
        "edit_lines": ("PUT", "/lines", {"lines": []}),
        "delete": ("DELETE", "", None),
        "confirm": ("POST", "/confirm", None),
        "ship": ("POST", "/shipments", {}),
        "remove_shipment": ("DELETE", f"/shipments/{shipment.id}", None),
        "complete": ("POST", "/complete", None),
        "cancel": ("POST", "/cancel", {"reason": "x"}),
        "pay": ("POST", "/payments", {"amount": "1"}),
        "remove_payment": ("DELETE", f"/payments/{payment.id}", None),
    }
    return Noun("/orders", {state: row.id for state, row in records.items()}, steps)


async def services(make: Make, team: Team) -> Noun:
    """Services of every state; the manager of the customer is not the assignee."""
    customer = await make.customer(team.colleague)

    async def one(**facts: Any) -> Any:
        return await make.service(customer, team.manager, **facts)

    async def with_round(**facts: Any) -> Any:
        service = await one(status="dealt", **facts)
        when = {"visit_at": make.now(), "visit_by": team.manager.id} if facts.get("visit_at") else {}
        about = {"deal": "换货", "dealt_by": team.manager.id, "dealt_at": make.now()}
        await make.add(ServiceRound(service_id=service.id, n=1, **about, **when))
        return service

    records = {
        "created": await make.service(customer),
        "assigned": await one(),
        "assigned inquiry": await one(type="inquiry"),
        "dealt": await with_round(),
        "dealt complaint": await with_round(type="complaint"),
        "visited complaint": await with_round(type="complaint", visit_at=make.now(), visit_by=team.manager.id),
        "archived": await one(status="archived", closed_at=make.now(), satisfaction=5),
        "void": await one(status="void", closed_at=make.now(), void_reason="x"),
    }
    give = {"assignee_id": (await make.user("manager", department=team.east)).id, "reason": "换人"}
    steps: dict[str, Asked] = {
        "update": ("PATCH", "", {"title": "改名"}),
        "note": ("POST", "/notes", {"text": "x"}),
        "chance": ("POST", "/chance", None),
        "assign": ("POST", "/assign", give),
        "reassign": ("POST", "/assign", give),
        "take_back": ("POST", "/take-back", {"reason": "重新分配"}),
        "return": ("POST", "/return", {"reason": "不归我"}),
        "deal": ("POST", "/deal", {"deal": "换货"}),
        "visit": ("POST", "/visit", {"note": "x"}),
        "feedback": ("POST", "/feedback", {"result": "一般", "satisfaction": 1}),
        "void": ("POST", "/void", {"reason": "x"}),
    }
    return Noun(
        "/services",
        {state: row.id for state, row in records.items()},
        steps,
        frozenset({"follow_up"}),
        lambda state, step: step == ("assign" if state.startswith("assigned") else "reassign"),
    )


async def losses(make: Make, team: Team) -> Noun:
    """Churn of every state."""

    async def one(**facts: Any) -> Loss:
        return await make.loss(await make.customer(team.manager), **facts)

    records = {
        "warning": await one(),
        "delayed": await one(status="delayed", review_date=make.today),
        "lost": await one(status="lost", closed_at=make.now(), reason="price", lost_date=make.today),
        "returned": await one(
            status="lost", closed_at=make.now(), returned_at=make.now(), reason="price", lost_date=make.today
        ),
        "recovered": await one(status="recovered", closed_at=make.now()),
    }
    later = str(make.today + timedelta(days=7))
    steps: dict[str, Asked] = {
        "delay": ("POST", "/delay", {"text": "拜访", "review_date": later}),
        "confirm": ("POST", "/confirm", {"reason": "price"}),
        "revoke": ("POST", "/revoke", {"reason": "误判"}),
    }
    return Noun("/losses", {state: row.id for state, row in records.items()}, steps)


async def arrivals(make: Make, _team: Team) -> Noun:
    """Arrivals of every state."""
    product = await make.product()
    records = {
        "expected": await make.arrival(product),
        "received": await make.arrival(product, status="received", received=10),
        "cancelled": await make.arrival(product, status="cancelled", cancel_reason="x"),
    }
    steps: dict[str, Asked] = {
        "update": ("PATCH", "", {"memo": "x"}),
        "receive": ("POST", "/receive", {}),
        "cancel": ("POST", "/cancel", {"reason": "x"}),
    }
    return Noun("/arrivals", {state: row.id for state, row in records.items()}, steps)


async def competitors(make: Make, team: Team) -> Noun:
    """Competitors that a chance names, or none does."""
    free, named = await make.competitor(), await make.competitor()
    await make.chance(team.manager, team.manager, competitor_id=named.id)
    writes: dict[str, Asked] = {"update": ("PATCH", "", {"memo": "x"}), "delete": ("DELETE", "", None)}
    return Noun("/competitors", {"free": free.id, "named": named.id}, writes)


async def others(make: Make, team: Team) -> list[Noun]:
    """Nouns whose steps go by right and holder alone, or nearly."""
    customer, second = await make.customer(team.manager), await make.customer(team.manager)
    adds = frozenset({"add_asset", "add_linkman", "add_order", "add_service", "add_activity"})
    writes: dict[str, Asked] = {"update": ("PATCH", "", {"memo": "x"}), "delete": ("DELETE", "", None)}
    give = {"manager_id": (await make.user("manager", department=team.east)).id, "reason": "换人"}
    linkman = await make.linkman(customer, hobby="钓鱼")
    move = {"customer_id": second.id}
    activity = await make.activity(customer, team.manager)
    held, free = (
        await make.user("manager"),
        await make.add(Role(code="free", name="x", flag="active", data_scope="own")),
    )
    disabled = await make.user("manager", flag="disabled")
    built_in = (await make.session.scalars(select(Role).where(Role.code == "manager"))).one()
    draft, issued = [
        await make.add(
            PeriodicReport(
                number=f"BG20200101000000{n}", month=make.today.replace(day=1), department_id=team.east.id,
                author_id=team.supervisor.id, status=status, data=[] if status == "issued" else None,
                issued_at=make.now() if status == "issued" else None,
            )
        )
        for n, status in ((1, "draft"), (2, "issued"))
    ]  # fmt: skip
    return [
        Noun("/customers", {"any": customer.id}, writes | {"transfer": ("POST", "/transfer", give)}, adds),
        Noun(
            "/linkmen", {"any": linkman.id},
            writes | {"move": ("POST", "/move", move), "erase": ("POST", "/erase", None)},
        ),
        Noun("/activities", {"any": activity.id}, writes),
        Noun(
            "/users", {"active": held.id, "disabled": disabled.id},
            {"update": ("PATCH", "", {"name": "改名"}), "link": ("POST", "/link", None)},
        ),
        Noun(
            "/roles", {"built in": built_in.id, "free": free.id},
            {"update": ("PATCH", "", {"description": "x"}), "set_rights": ("PUT", "/rights", {"rights": ["users:read"]}),
             "delete": ("DELETE", "", None)}, frozenset({"copy"}),
        ),
        Noun("/products", {"any": (await make.product()).id}, {"update": ("PATCH", "", {"name": "改名"})}),
        Noun("/storage", {"any": (await make.place(await make.product())).id},
             {"change": ("POST", "/changes", {"change": 1, "reason": "x"})}),
        Noun(
            "/periodic-reports", {"draft": draft.id, "issued": issued.id},
            {"update": ("PATCH", "", {"comment": "x"}), "delete": ("DELETE", "", None), "issue": ("POST", "/issue", None)},
            frozenset({"correct"}),
        ),
    ]  # fmt: skip


async def assets(make: Make, team: Team) -> Noun:
    """There is no state: a piece is changed and deleted by who looks after its customer."""
    asset = await make.asset(await make.customer(team.manager))
    steps: dict[str, Asked] = {"update": ("PATCH", "", {"place": "二楼"}), "delete": ("DELETE", "", None)}
    return Noun("/assets", {"": asset.id}, steps)


KINDS: tuple[Callable[[Make, Team], Awaitable[Noun | list[Noun]]], ...] = (
    chances, plans, orders, services, losses, arrivals, assets, competitors, others,
)  # fmt: skip
