"""Factories: one function per noun, valid defaults, nothing random."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ctx import NOBODY, Ctx
from app.models.access.departments import Department
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.models.care.assets import Asset
from app.models.care.losses import Loss
from app.models.care.services import Service
from app.models.customers.activities import Activity
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.arrivals import Arrival
from app.models.goods.products import Product
from app.models.goods.storage import Storage
from app.models.orders.orders import Order, OrderLine
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.models.sales.competitors import Competitor, CompetitorProduct
from app.models.sales.plans import Plan
from app.models.sales.processes import Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Make:
    """Makes records straight in the database and commits them into the test's transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._n = count(1)
        session.info["ctx"] = self.ctx = Ctx(session=session, actor=NOBODY, now=self.now(), timezone=SHANGHAI)

    @staticmethod
    def now() -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)

    @property
    def today(self) -> date:
        """Return the company's date."""
        return self.ctx.today

    async def add(self, row: Any) -> Any:
        """Store one row."""
        self.session.add(row)
        await self.session.commit()
        return row

    async def department(self, name: str = "销售一部", parent: Department | None = None, **facts: Any) -> Department:
        """Make a department."""
        return await self.add(Department(name=name, parent_id=parent.id if parent else None, **facts))

    async def departments(self, parent: Department, *names: str) -> list[Department]:
        """Make several below one, at once."""
        made = [Department(name=name, parent_id=parent.id) for name in names]
        self.session.add_all(made)
        await self.session.commit()
        return made

    async def user(self, *roles: str, name: str = "", department: Department | None = None, **facts: Any) -> User:
        """Make a person with roles; `user.roles` holds their codes."""
        (user,) = await self.users((name, roles, department), **facts)
        return user

    async def users(self, *people: tuple[str, tuple[str, ...], Department | None], **facts: Any) -> list[User]:
        """Make people of name, roles and department at once: most tests begin with some."""
        made = []
        for name, roles, department in people:
            number = next(self._n)
            values = {"user_name": f"person{number}", "flag": "active", "token_version": 1} | facts
            user = User(**values, name=name or f"人员{number}", department_id=department.id if department else None)
            user.roles = tuple(sorted(roles))
            made.append(user)
        self.session.add_all(made)
        await self.session.flush()
        wanted = {code for user in made for code in user.roles}
        rows = await self.session.execute(select(Role.code, Role.id).where(Role.code.in_(wanted)))
        ids = {row.code: row.id for row in rows}
        self.session.add_all(
            [UserRole(user_id=user.id, role_id=ids[code]) for user in made for code in user.roles if code in ids]
        )
        await self.session.commit()
        return made

    async def stage(self, place: int = 0) -> Stage:
        """Return a stage of the default process, by its place."""
        return (await self.session.scalars(select(Stage).order_by(Stage.sort).offset(place).limit(1))).one()

    async def customer(self, manager: User, name: str = "", **facts: Any) -> Customer:
        """Make a customer."""
        number = next(self._n)
        name = name or f"客户{number}有限公司"
        values = {"number": f"KH20200101{number:07d}", "status": "normal", "pinyin": name, "initials": name} | facts
        values.setdefault("opened_on", facts.get("created_at", self.ctx.now).astimezone(SHANGHAI).date())
        return await self.add(Customer(**values, name=name, manager_id=manager.id))

    async def linkman(self, customer: Customer, name: str = "张三", **facts: Any) -> Linkman:
        """Make a contact."""
        values = {"is_primary": False, "status": "active"} | facts
        return await self.add(Linkman(**values, customer_id=customer.id, name=name))

    async def chance(self, creator: User, assignee: User | None = None, **facts: Any) -> Chance:
        """Make a chance: assigned when an assignee is given, else unassigned."""
        number = next(self._n)
        stage = await self.stage()
        values = {
            "number": f"JH20200101{number:07d}",
            "importance": "mid",
            "title": f"机会{number}",
            "customer_name": f"潜在客户{number}",
            "rate": stage.rate,
            "rate_is_manual": False,
            "stage_id": stage.id,
            "opened_at": self.ctx.now,
            "status": "assigned" if assignee else "unassigned",
            "assignee_id": assignee.id if assignee else None,
            "assigned_at": self.ctx.now if assignee else None,
            "first_assigned_on": self.today if assignee else None,
        } | facts
        chance = await self.add(Chance(**values, creator_id=creator.id))
        await self.add(ChanceStage(chance_id=chance.id, stage_id=chance.stage_id, entered_at=self.ctx.now))
        return chance

    async def stay(self, chance: Chance, stage_id: int, entered_at: datetime, left_at: datetime | None) -> ChanceStage:
        """Make a stay of a chance in a stage."""
        return await self.add(
            ChanceStage(chance_id=chance.id, stage_id=stage_id, entered_at=entered_at, left_at=left_at)
        )

    async def plan(self, chance: Chance, **facts: Any) -> Plan:
        """Make an open plan item for today."""
        values = {"date": self.today, "todo": "打电话", "status": "open"} | facts
        return await self.add(Plan(**values, chance_id=chance.id))

    async def activity(self, customer: Customer, writer: User, **facts: Any) -> Activity:
        """Make an activity."""
        values = {"kind": "phone", "title": "通话", "at": self.ctx.now} | facts
        return await self.add(Activity(**values, customer_id=customer.id, created_by=writer.id))

    async def service(self, customer: Customer, assignee: User | None = None, **facts: Any) -> Service:
        """Make a request: assigned when an assignee is given, else created; its creator is the manager."""
        number = next(self._n)
        at = self.ctx.now if assignee else None
        values = {
            "number": f"FW20200101{number:07d}",
            "type": "request",
            "title": f"服务{number}",
            "request": "请尽快处理",
            "priority": "mid",
            "status": "assigned" if assignee else "created",
            "creator_id": customer.manager_id,
            "opened_at": self.ctx.now,
            "assignee_id": assignee.id if assignee else None,
            "assigned_at": at,
            "first_assigned_at": at,
            "manager_id": customer.manager_id,
        } | facts
        return await self.add(Service(**values, customer_id=customer.id))

    async def loss(self, customer: Customer, **facts: Any) -> Loss:
        """Make a warning of a customer."""
        reason = {
            "days": 200, "threshold_days": 180, "usual_interval_days": None, "times_usual": None, "orders": 0,
            "open_complaints": 0,
        }  # fmt: skip
        values = {"found_at": self.ctx.now, "found_reason": reason, "status": "warning"} | facts
        return await self.add(
            Loss(**values, customer_id=customer.id, manager_id=customer.manager_id, owner_id=customer.manager_id)
        )

    async def product(self, name: str = "产品甲", **facts: Any) -> Product:
        """Make a product."""
        return await self.add(Product(**({"name": name, "enabled": True} | facts)))

    async def competitor(self, name: str = "", **facts: Any) -> Competitor:
        """Make a competitor."""
        number = next(self._n)
        values = {"code": f"rival{number}", "enabled": True} | facts
        return await self.add(Competitor(**values, name=name or f"对手{number}"))

    async def competitor_product(self, competitor: Competitor, name: str = "产品", **facts: Any) -> CompetitorProduct:
        """Make a product of a competitor."""
        return await self.add(CompetitorProduct(**facts, competitor_id=competitor.id, name=name))

    async def place(self, product: Product, count: int = 0, **facts: Any) -> Storage:
        """Make a place with so many pieces, in the main warehouse."""
        values = {"warehouse": "main", "bin": f"A-{next(self._n)}", "reserved": 0} | facts
        return await self.add(Storage(**values, product_id=product.id, count=count))

    async def arrival(self, product: Product, count: int = 10, **facts: Any) -> Arrival:
        """Make an arrival that is expected in a week, at a place of its own in the main warehouse."""
        number = next(self._n)
        values = {
            "number": f"RK20200101{number:07d}", "warehouse": "main", "bin": f"N-{number}", "received": 0,
            "expected_on": self.today + timedelta(days=7), "status": "expected",
        } | facts  # fmt: skip
        return await self.add(Arrival(**values, product_id=product.id, count=count))

    async def asset(self, customer: Customer, **facts: Any) -> Asset:
        """Make an asset of a customer, of a product of its own unless one is named."""
        product_id = facts.pop("product_id", None) or (await self.product()).id
        values = {"number": f"SB20200101{next(self._n):07d}"} | facts
        return await self.add(Asset(**values, customer_id=customer.id, product_id=product_id))

    async def order(self, customer: Customer, *lines: tuple[Product, int], **facts: Any) -> Order:
        """Make a draft; a line is (product, count) at the product's price."""
        values = {
            "number": f"DD20200101{next(self._n):07d}",
            "date": self.today,
            "status": "draft",
            "owner_id": None,
            "total": sum((product.price * count for product, count in lines), Decimal(0)),
            "paid": Decimal(0),
        } | facts
        values.setdefault("delivery_state", "shipped" if values["status"] == "completed" else "none")
        holder = values["owner_id"] or customer.manager_id
        order = await self.add(Order(**values, customer_id=customer.id, holder_id=holder))
        for product, pieces in lines:
            cost = {"price": product.price, "discount": Decimal(0), "amount": product.price * pieces}
            await self.add(OrderLine(order_id=order.id, product_id=product.id, count=pieces, **cost))
        return order
