"""What left of the demo company's orders: completed ones in one or two parts, of the confirmed some, mostly in part."""

from collections import defaultdict
from datetime import datetime, timedelta

from app.core.ctx import Ctx
from app.core.ids import draw
from app.demo.company.calendar import CLOSING, OPENING, Calendar, likely, stream
from app.demo.company.customers import EMPTY, Row
from app.demo.company.orders import Deal, Trade
from app.models.orders.shipments import OrderShipment, ShipmentLine

IN_TWO_PARTS, ON_ITS_WAY, WHOLE = 0.2, 0.45, 0.25
"""Shares: of the completed orders, of the confirmed ones, and of these."""
CARRIERS = {"顺丰速运": "SF", "德邦物流": "DP", "京东物流": "JD"}
Parts = list[tuple[Row, int]]
"""Lines with the pieces that a shipment brings of them."""


class Dispatch:
    """Ships what was ordered, and tells the orders how far they are delivered."""

    def __init__(self, seed: int, calendar: Calendar, devices: set[int]) -> None:
        self.calendar, self.devices = calendar, devices
        self.luck = stream(seed, "order shipments")
        self.brought: list[tuple[Row, Parts]] = []

    def tell(self, trade: Trade) -> None:
        """Ship the orders of a trade; ids come when all are told."""
        for deal in trade.deals:
            deal.order["delivery_state"] = "none"
            if deal.order["status"] == "completed":
                self._completed(deal)
            elif deal.order["status"] == "confirmed" and likely(self.luck, ON_ITS_WAY):
                self._confirmed(deal)
        self.brought.sort(key=lambda one: (one[0]["created_at"], one[0]["order_id"]))
        trade.shipments = [shipment for shipment, _ in self.brought]

    def _completed(self, deal: Deal) -> None:
        """Everything left by the day of completion."""
        done: datetime = deal.order["completed_at"]
        rest = [(line, line["count"]) for line in deal.lines]
        first = _half(deal) if likely(self.luck, IN_TWO_PARTS) else []
        if first:
            at = self.calendar.at(self.luck, deal.order["date"] + timedelta(days=1), CLOSING)
            self._ship(deal, first, min(max(at, deal.order["confirmed_at"]), done))
            sent = {line["id"]: count for line, count in first}
            rest = [(line, count - sent.get(line["id"], 0)) for line, count in rest]
        self._ship(deal, [(line, count) for line, count in rest if count], done)
        deal.order["delivery_state"] = "shipped"

    def _confirmed(self, deal: Deal) -> None:
        """A part left, or all of it and nobody has completed the order yet."""
        whole = likely(self.luck, WHOLE)
        parts = [(line, line["count"]) for line in deal.lines] if whole else _half(deal)
        if not parts:
            return
        day = min(deal.order["date"] + timedelta(days=self.luck.randint(1, 6)), self.calendar.last)
        at = self.calendar.at(self.luck, max(day, deal.order["date"]), OPENING)
        self._ship(deal, parts, max(at, deal.order["confirmed_at"]))
        deal.order["delivery_state"] = "shipped" if whole else "partial"
        deal.order["updated_at"] = max(deal.order["updated_at"], self.brought[-1][0]["created_at"])

    def _ship(self, deal: Deal, parts: Parts, at: datetime) -> None:
        carrier = tracking = None
        if any(line["product_id"] in self.devices for line, _ in parts) and not likely(self.luck, EMPTY):
            carrier = self.luck.choice(tuple(CARRIERS))
            tracking = f"{CARRIERS[carrier]}{self.luck.randrange(10**12):012d}"
        stamps = {"created_by": deal.order["created_by"], "created_at": at, "updated_at": at}
        day = at.astimezone(self.calendar.timezone).date()
        shipment = {
            "order_id": deal.order["id"],
            "date": day,
            "carrier": carrier,
            "tracking_no": tracking,
            "memo": None,
        }
        self.brought.append((shipment | stamps, parts))

    async def identify(self, ctx: Ctx, trade: Trade) -> None:
        """Give shipments and their lines ids."""
        ids = await draw(ctx, OrderShipment, len(self.brought))
        coming = iter(await draw(ctx, ShipmentLine, sum(len(parts) for _, parts in self.brought)))
        for (shipment, parts), row_id in zip(self.brought, ids, strict=True):
            shipment["id"] = row_id
            trade.shipment_lines += [
                {"id": next(coming), "shipment_id": row_id, "line_id": line["id"], "count": count}
                for line, count in parts
            ]


def of_lines(trade: Trade) -> dict[int, list[tuple[Row, Row]]]:
    """Return line -> its shipments, each with its own line, oldest first."""
    found: defaultdict[int, list[tuple[Row, Row]]] = defaultdict(list)
    by_id = {shipment["id"]: shipment for shipment in trade.shipments}
    for line in trade.shipment_lines:
        found[line["line_id"]].append((by_id[line["shipment_id"]], line))
    return found


def _half(deal: Deal) -> Parts:
    """Return about half of the pieces of each line, or a part of the lines; nothing where there is but one piece."""
    halves = [(line, line["count"] // 2) for line in deal.lines if line["count"] > 1]
    return halves or [(line, line["count"]) for line in deal.lines[:-1]]
