"""What the whole contract is tried on: one record of each noun."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.models.access.rbac import Role
from app.models.base.acts import Act
from app.models.goods.products import ProductCategory, ProductPicture
from app.models.imports.imports import Import
from app.models.orders.orders import OrderLine
from app.models.orders.payments import OrderPayment
from app.models.orders.shipments import OrderShipment
from app.models.reports.exports import ReportExport
from app.models.reports.periodic import PeriodicReport
from tests.factories.make import Make
from tests.factories.team import Team


@pytest.fixture
async def ids(make: Make, team: Team) -> dict[str, Any]:
    """Make one record of each noun, so that some calls find what they ask for."""
    customer = await make.customer(team.manager)
    chance = await make.chance(team.supervisor, team.manager, customer_id=customer.id)
    product = await make.product(price=Decimal(5))
    place = await make.place(product, 10)
    picture = await make.add(
        ProductPicture(
            product_id=product.id, hash="abc", type="image/png", width=1, height=1, size=1, sort=0, content=b"x"
        )
    )
    order = await make.order(customer, (product, 2))
    lines = select(OrderLine.id).where(OrderLine.order_id == order.id)
    paid = await make.order(customer, status="confirmed", owner_id=team.manager.id, total=Decimal(9))
    draft = PeriodicReport(
        number="BG1", month=make.today.replace(day=1), department_id=team.east.id, author_id=team.supervisor.id,
        status="draft",
    )  # fmt: skip
    file = ReportExport(
        asker_id=team.supervisor.id, code="win-rate", query={}, format="csv", language="zh-CN", status="waiting"
    )
    rival = await make.competitor()
    act = await make.add(Act(kind="import", at=make.now(), count=0, state="done"))
    return {
        "category_id": (await make.add(ProductCategory(name="硬件"))).id,
        "export_id": (await make.add(file)).id,
        "line_id": await make.session.scalar(lines, execution_options={"scoped": "test"}),
        "payment_id": (await make.add(OrderPayment(order_id=paid.id, date=make.today, amount=Decimal(1)))).id,
        "shipment_id": (await make.add(OrderShipment(order_id=paid.id, date=make.today, number="FH1"))).id,
        "role_id": (await make.add(Role(code="spare", name="备用", flag="active", data_scope="own"))).id,
        "report_id": (await make.add(draft)).id,
        "asset_id": (await make.asset(customer, product_id=product.id)).id,
        "arrival_id": (await make.arrival(product)).id,
        "picture_id": picture.id,
        "row_id": (await make.customer(team.manager, deleted_at=make.now())).id,
        "noun": "customers",
        "activity_id": (await make.activity(customer, team.manager)).id,
        "chance_id": chance.id,
        "competitor_id": rival.id,
        "competitor_product_id": (await make.competitor_product(rival)).id,
        "customer_id": customer.id,
        "department_id": team.west.id,
        "linkman_id": (await make.linkman(customer)).id,
        "loss_id": (await make.loss(customer)).id,
        "plan_id": (await make.plan(chance)).id,
        "order_id": order.id,
        "storage_id": place.id,
        "item_id": 1,
        "name": "lost.days",
        "process_id": 1,
        "service_id": (await make.service(customer, team.manager, type="inquiry")).id,
        "product_id": product.id,
        "user_id": team.stranger.id,
        "run": str((await make.add(Import(run=uuid4(), act_id=act.id, counts={}))).run),
    }
