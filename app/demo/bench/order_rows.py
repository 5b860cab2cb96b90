"""Orders of the benchmark data, as the text that COPY reads: so many lines for each customer, up to five an order."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.demo.bench.rows import NUMBERS, POOL, Rows
from app.services.orders.amounts import amount

LINES_EACH = 5
STATUS = ("draft", "confirmed", "cancelled", *("completed",) * 17)
DISCOUNTS = ("0", "0", "0", "0.05", "0.1", "0.15", "0.3333", "0")
PAYMENT_DAYS = 30
ORDER = (
    "odr_id", "odr_no", "odr_cust_id", "odr_owner_id", "odr_holder_id", "odr_date", "odr_status", "odr_total", "odr_paid",
    "odr_due_date", "odr_delivery_state", "odr_confirmed_at", "created_at", "updated_at", "created_by",
)  # fmt: skip
LINE = (
    "odd_id", "odd_order_id", "odd_prod_id", "odd_count", "odd_unit", "odd_price", "odd_discount", "odd_amount",
    "created_at", "updated_at", "created_by",
)  # fmt: skip
PAYMENT = (
    "opy_id", "opy_order_id", "opy_date", "opy_amount", "opy_method", "created_at", "updated_at", "created_by",
)  # fmt: skip


@dataclass(frozen=True)
class OrderFirsts:
    """The first of each block of ids, and of numbers with their prefix."""

    order: int
    line: int
    payment: int
    number: int
    prefix: str


class OrderRows:
    """Composes the orders of the customers of `rows`: evenly between a customer's first day and today."""

    columns = (ORDER, LINE, PAYMENT)

    def __init__(self, rows: Rows, today: date, lines: int, products: list[tuple[int, str, int]]) -> None:
        self.rows, self.today, self.lines = rows, today, lines
        self.orders = -(-lines // LINES_EACH)
        sold = [products[pick % len(products)] for pick in rows.picks]
        parts = []
        for pick, (product, unit, price) in zip(rows.picks, sold, strict=True):
            count, discount = pick % 9 + 1, DISCOUNTS[pick % len(DISCOUNTS)]
            cost = amount(count, Decimal(price), Decimal(discount))
            parts.append((f"{product}\t{count}\t{unit}\t{price}\t{discount}\t{cost}", cost))
        self.parts: list[tuple[str, Decimal]] = parts

    def day(self, k: int, place: int) -> date:
        """Return the date of an order of customer k."""
        since = self.rows.moment(k).date()
        return since + timedelta((self.today - since).days * (2 * place + 1) // (2 * self.orders))

    def status(self, k: int, place: int) -> str:
        """Return the status of an order of customer k."""
        return STATUS[self.rows.picks[(k * 7 + place * 11) % POOL] % len(STATUS)]

    def last(self, k: int) -> str:
        """Return the last order date of customer k, as COPY reads it."""
        for place in reversed(range(self.orders)):
            if self.status(k, place) in {"confirmed", "completed"}:
                return str(self.day(k, place))
        return "\\N"

    def texts(self, start: int, size: int, firsts: OrderFirsts, customer: int) -> tuple[bytes, ...]:
        """Return the text for each table; `customer` is the id of customer 0, the other ids count on."""
        found: tuple[list[str], list[str], list[str]] = ([], [], [])
        for k in range(start, start + size):
            owner = self.rows.seller(k)
            for place in range(self.orders):
                self._order(k, place, firsts, (customer + k, owner), found)
        return tuple("".join(rows).encode() for rows in found)

    def _order(
        self, k: int, place: int, firsts: OrderFirsts, whose: tuple[int, int], found: tuple[list[str], ...]
    ) -> None:
        nth = k * self.orders + place
        order_id, day, status = firsts.order + nth, self.day(k, place), self.status(k, place)
        customer_id, owner = whose
        stamps = f"{day} 02:00:00+00\t{day} 02:00:00+00\t{owner}\n"
        total = Decimal(0)
        for n in range(place * LINES_EACH, min((place + 1) * LINES_EACH, self.lines)):
            text, cost = self.parts[(k * 31 + n * 17 + k // POOL) % POOL]
            total += cost
            found[1].append(f"{firsts.line + k * self.lines + n}\t{order_id}\t{text}\t{stamps}")
        paid = total if status == "completed" and nth % 8 else Decimal(0)
        if paid:
            found[2].append(f"{firsts.payment + nth}\t{order_id}\t{day}\t{paid}\ttransfer\t{stamps}")
        credited, confirmed = ("\\N", "\\N") if status in {"draft", "cancelled"} else (owner, f"{day} 03:00:00+00")
        due = "\\N" if credited == "\\N" else day + timedelta(days=PAYMENT_DAYS)
        delivered = "shipped" if status == "completed" else "none"
        found[0].append(
            f"{order_id}\t{firsts.prefix}{(firsts.number + nth) % NUMBERS:07d}\t{customer_id}\t{credited}\t{owner}\t{day}\t"
            f"{status}\t{total}\t{paid}\t{due}\t{delivered}\t{confirmed}\t{stamps}"
        )
