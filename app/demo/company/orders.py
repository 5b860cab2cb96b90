"""The demo company's orders: what was won is ordered, most customers come again at a rhythm of their own.

Old orders are completed and mostly paid, young ones are on their way; a few customers stopped coming long
ago. Devices lie in stock, and what confirmed orders hold of them is reserved.
"""

import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.demo.company import words
from app.demo.company.calendar import CLOSING, OPENING, TALKING, Calendar, likely, stream
from app.demo.company.customers import EMPTY, Company, Row
from app.demo.company.products import tax_rate
from app.demo.company.sales import Sales, Team
from app.services.orders.amounts import amount
from app.services.orders.steps import due

COMES_AGAIN, STOPPED, CANCELLED, DROPS_IN = 0.85, 0.12, 0.02, 0.9
RHYTHM = (math.log(95), 0.45)
"""Days between the orders of a customer: the median and its spread, lognormal."""
DEVICE = "台"
DISCOUNTS = ("0", "0", "0", "0.05", "0.08", "0.1", "0.15")
METHODS = ("transfer", "transfer", "transfer", "draft", "cheque", "online")
YOUNG, SETTLED = 10, 45
"""Days after which an order is on its way, and done."""
CONTRACTED = 0.8
"""Share of the won chances whose order names a contract."""


@dataclass
class Deal:
    """An order with its lines and payments; ids come when all are told."""

    order: Row
    lines: list[Row]
    payments: list[Row]


@dataclass
class Trade:
    """What was ordered, and what lies in stock, as rows by table."""

    deals: list[Deal] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    reservations: list[Row] = field(default_factory=list)
    taken: list[Row] = field(default_factory=list)
    shipments: list[Row] = field(default_factory=list)
    shipment_lines: list[Row] = field(default_factory=list)

    @property
    def orders(self) -> list[Row]:
        """Return the orders."""
        return [deal.order for deal in self.deals]

    @property
    def lines(self) -> list[Row]:
        """Return the lines of all orders."""
        return [line for deal in self.deals for line in deal.lines]

    @property
    def payments(self) -> list[Row]:
        """Return the payments of all orders."""
        return [payment for deal in self.deals for payment in deal.payments]

    def identify(self, order_ids: list[int], line_ids: list[int]) -> None:
        """Give orders and lines their ids; who hangs on an order names it."""
        coming = iter(line_ids)
        for deal, order_id in zip(self.deals, order_ids, strict=True):
            deal.order["id"] = order_id
            for part in (*deal.lines, *deal.payments):
                part["order_id"] = order_id
            for line in deal.lines:
                line["id"] = next(coming)


class Book:
    """Writes the orders; each concern draws from a stream of its own."""

    def __init__(self, seed: int, calendar: Calendar, team: Team) -> None:
        self.seed, self.calendar = seed, calendar
        self.days, self.money, self.facts = (stream(seed, f"order {name}") for name in ("days", "money", "facts"))
        listed = zip(team.products, words.PRODUCTS, strict=True)
        self.products = {row_id: (unit, price) for (row_id, _), (_, _, unit, price) in listed}
        self.names = dict(team.products)
        self.rates = {
            row_id: tax_rate(model) for (row_id, _), (_, model, _, _) in zip(team.products, words.PRODUCTS, strict=True)
        }
        self.papers = stream(seed, "order papers")
        self.trade = Trade()

    def tell(self, companies: list[Company], sales: Sales) -> Trade:
        """Return all orders, in the order of their dates, and tell each customer its last order date."""
        won: dict[int, list[Row]] = {}
        for chance in sales.chances:
            if chance["status"] == "succeeded":
                won.setdefault(chance["customer_id"], []).append(chance)
        for company in companies:
            chances = sorted(won.get(company.row["id"], []), key=lambda chance: chance["closed_on"])
            for chance in chances:
                after = chance["closed_on"] + timedelta(days=self.days.randint(0, 7))
                day = max(chance["closed_on"], self.calendar.back(min(after, self.calendar.last)))
                self._deal(company, day, chance["close_value"], chance)
            if chances and likely(self.facts, COMES_AGAIN):
                self._again(company, chances[0])
            if not chances and likely(self.facts, DROPS_IN):
                self._drop_in(company)
        self.trade.deals.sort(key=lambda deal: (deal.order["created_at"], deal.order["customer_id"]))
        newest: dict[int, date] = {}
        for order in self.trade.orders:
            if order["confirmed_at"] and order["status"] != "cancelled":
                newest[order["customer_id"]] = max(order["date"], newest.get(order["customer_id"], order["date"]))
        for company in companies:
            company.row["last_order_date"] = newest.get(company.row["id"])
        return self.trade

    def _again(self, company: Company, first: Row) -> None:
        """Let a customer come again at its own rhythm until today, or until it stopped."""
        interval = min(max(self.days.lognormvariate(*RHYTHM), 20), 240)
        today, day = self.calendar.today, first["closed_on"]
        stopped = today - timedelta(days=self.days.randint(190, 700)) if likely(self.facts, STOPPED) else today
        while True:
            day += timedelta(days=round(interval * self.days.uniform(0.7, 1.3)))
            if day >= stopped:
                return
            value = first["close_value"] * min(self.money.lognormvariate(math.log(0.25), 0.6), 1.2)
            self._deal(company, self.calendar.back(day), value, None)

    def _drop_in(self, company: Company) -> None:
        """Let a customer that nobody won by a chance order something small lately."""
        made = company.row["created_at"].astimezone(self.calendar.timezone).date()
        day = max(made, self.calendar.today - timedelta(days=self.days.randint(15, 170)))
        self._deal(company, max(made, self.calendar.back(day)), self.money.lognormvariate(math.log(26000), 0.7), None)

    def _deal(self, company: Company, day: date, value: float, chance: Row | None) -> None:
        lines = self._lines(value, chance["product_id"] if chance else None)
        total = sum((line["amount"] for line in lines), Decimal(0))
        status = self._status(day, repeat=chance is None)
        counts = status in {"confirmed", "completed"}
        owner = chance["assignee_id"] if chance else company.manager
        made = self.calendar.at(self.days, day, OPENING)
        if chance:
            made = max(made, chance["closed_at"])
        confirmed = max(made, self.calendar.at(self.days, day, TALKING))
        done = min(day + timedelta(days=self.days.randint(3, 15)), self.calendar.last)
        completed = max(confirmed, self.calendar.at(self.days, done, CLOSING)) if status == "completed" else None
        payments = self._payments(day, total, owner) if counts else []
        moments = [moment for moment in (made, confirmed if counts else None, completed) if moment]
        order = {
            "customer_id": company.row["id"], "owner_id": owner if counts else None,
            "holder_id": owner if counts else company.manager, "chance_id": chance["id"] if chance else None,
            "date": day, "address": company.row["address"], "memo": None, "status": status, "total": total,
            "due_date": due(day, company.row["payment_days"]) if counts else None,
            "contract_no": self._contract(day) if chance else None,
            "paid": sum((payment["amount"] for payment in payments), Decimal(0)),
            "confirmed_at": confirmed if counts else None, "completed_at": completed,
            "cancelled_at": confirmed if status == "cancelled" else None,
            "cancel_reason": "客户预算取消" if status == "cancelled" else None,
            "created_by": owner, "created_at": made, "updated_at": max(moments),
        }  # fmt: skip
        for line in lines:
            line |= {"created_by": owner, "created_at": made, "updated_at": made}
        self.trade.deals.append(Deal(order, lines, payments))

    def _lines(self, value: float, first: int | None) -> list[Row]:
        """Return one to three lines that come to about a value; what costs more than that is not chosen."""
        rng = self.facts
        found: list[Row] = []
        for part in _split(self.money, value):
            fitting = [row_id for row_id, (_, price) in self.products.items() if price <= max(part, 2800)]
            product = first if first in fitting and not found else rng.choice(fitting)
            unit, price = self.products[product]
            discount = Decimal(rng.choice(DISCOUNTS))
            count = max(1, round(part / price))
            cost = amount(count, Decimal(price), discount)
            found.append(
                {"product_id": product, "count": count, "unit": unit, "price": Decimal(price)}
                | {"discount": discount, "amount": cost, "tax_rate": self.rates[product]}
            )
        return found

    def _contract(self, day: date) -> str | None:
        return f"HT-{day:%Y}-{self.papers.randint(1, 9999):04d}" if likely(self.papers, CONTRACTED) else None

    def _status(self, day: date, *, repeat: bool) -> str:
        rng, age = self.facts, (self.calendar.today - day).days
        if repeat and likely(rng, CANCELLED):
            return "cancelled"
        if age > SETTLED:
            return "completed"
        if age > YOUNG:
            return rng.choice(("completed", "confirmed"))
        return rng.choices(("draft", "confirmed", "completed"), (40, 50, 10))[0]

    def _payments(self, day: date, total: Decimal, owner: int) -> list[Row]:
        """Return what came in: all in one or two parts, a part, or nothing yet; the older, the more."""
        rng, age = self.money, (self.calendar.today - day).days
        full, part = (0.92, 0.97) if age > 2 * SETTLED else (0.55, 0.8) if age > SETTLED else (0.25, 0.5)
        luck = rng.random()
        half = (total * Decimal(str(round(rng.uniform(0.3, 0.7), 2)))).quantize(Decimal(1))
        whole = [half, total - half] if likely(rng, 0.3) else [total]
        amounts = whole if luck < full else [half] if luck < part else []
        found: list[Row] = []
        last = day
        for one in (one for one in amounts if one > 0):
            last = min(last + timedelta(days=rng.randint(0, 40)), self.calendar.last)
            last = max(last, day)
            at = self.calendar.at(rng, last, CLOSING)
            found.append(
                {"date": last, "amount": one, "method": None if likely(rng, EMPTY) else rng.choice(METHODS)}
                | {"memo": None, "created_by": owner, "created_at": at, "updated_at": at}
            )
        return found

    @property
    def devices(self) -> list[int]:
        """Return the products that are kept in stock; software and services are not."""
        return [row_id for row_id, (unit, _) in self.products.items() if unit == DEVICE]


def _split(rng: random.Random, value: float) -> list[float]:
    """Cut a value into one to three parts."""
    shares = [rng.uniform(0.5, 1) for _ in range(rng.choices((1, 2, 3), (40, 40, 20))[0])]
    return [value * share / sum(shares) for share in shares]
