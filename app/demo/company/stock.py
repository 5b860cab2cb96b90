"""What lies in stock in the demo company: devices, two places each; what is ordered of them is held or has left."""

from collections.abc import Mapping
from datetime import timedelta

from app.core.told import telling
from app.demo.company.calendar import CLOSING
from app.demo.company.customers import Row
from app.demo.company.orders import Book, Trade

SCARCE = "边缘服务器"
BINS = ("A-01", "A-02", "B-01", "B-02", "C-01")
REASON = "年度盘点"


def fill(book: Book, ids: list[int], keeper: int, left: Mapping[int, list[tuple[Row, Row]]]) -> None:
    """Put the devices into places, two each, as a stocktaking found them; reserve what is confirmed.

    `left`: line -> its shipments, each with its own line. Those of confirmed orders came after the stocktaking.
    """
    coming = iter(ids)
    lines = [line for deal in book.trade.deals if deal.order["status"] == "confirmed" for line in deal.lines]
    sent = [shipment["created_at"] for line in lines for shipment, _ in left.get(line["id"], ())]
    counted = book.calendar.at(book.days, book.calendar.last, CLOSING)
    at = min([counted, *(moment - timedelta(hours=1) for moment in sent)])
    held: dict[int, list[Row]] = {}
    for line in lines:
        held.setdefault(line["product_id"], []).append(line)
    for n, product in enumerate(book.devices):
        free = 2 if book.names[product] == SCARCE else book.facts.randint(40, 400)
        first, second = next(coming), next(coming)
        ordered = sum(line["count"] for line in held.get(product, []))
        where = BINS[n % len(BINS)]
        place = _place(book.trade, first, product, f"{where}-1", ordered + free, keeper, at)
        _place(book.trade, second, product, f"{where}-2", book.facts.randint(0, free), keeper, at)
        _hold(book.trade, place, held.get(product, []), left)


def _hold(trade: Trade, place: Row, lines: list[Row], left: Mapping[int, list[tuple[Row, Row]]]) -> None:
    """Let lines hold their pieces of a place, without what was shipped of them."""
    numbers = {order["id"]: order["number"] for order in trade.orders}
    gone = [(shipment, part) for line in lines for shipment, part in left.get(line["id"], ())]
    for shipment, part in sorted(gone, key=lambda pair: pair[0]["created_at"]):
        place["count"] -= part["count"]
        change = {
            "storage_id": place["id"],
            "change": -part["count"],
            "reason": shipment["number"],
            "told": telling("shipment", number=shipment["number"], order=numbers[shipment["order_id"]]),
            "count_after": place["count"],
        }
        stamps = {"order_id": shipment["order_id"], "by": shipment["created_by"], "at": shipment["created_at"]}
        trade.ledger.append(change | stamps)
        trade.taken.append({"shipment_line_id": part["id"], "storage_id": place["id"], "count": part["count"]})
    for line in lines:
        rest = line["count"] - sum(part["count"] for _, part in left.get(line["id"], ()))
        place["reserved"] += rest
        if rest:
            trade.reservations.append({"line_id": line["id"], "storage_id": place["id"], "count": rest})


def _place(trade: Trade, row_id: int, product: int, where: str, count: int, keeper: int, at: object) -> Row:
    stamps = {"created_by": keeper, "created_at": at, "updated_at": at}
    place = {"id": row_id, "product_id": product, "warehouse": "main", "bin": where, "count": count}
    trade.places.append(place | {"reserved": 0, "memo": None} | stamps)
    if count:
        change = {"storage_id": row_id, "change": count, "reason": REASON, "told": None, "count_after": count}
        trade.ledger.append(change | {"order_id": None, "by": keeper, "at": at})
    return trade.places[-1]
