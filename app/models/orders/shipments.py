"""What left for a customer, when and by whom it was carried (`orders_shipment`, `orders_shipment_line`)."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.db import Base
from app.core.external import external
from app.core.leaving import blocks
from app.core.numbers import numbered, sequence
from app.core.orm import Stamped, key
from app.core.owners import Follows
from app.models.orders.orders import Order

numbers = sequence("orders_shipment_no")


class OrderShipment(Stamped, Audited, Base):
    """A part of an order that left, or all of it; its pieces leave the stock in the same transaction."""

    __tablename__ = "orders_shipment"
    __audit__ = "orders"
    __audit_id__ = "order_id"
    __audit_verbs__ = ("add_shipment", "remove_shipment")
    __scope__ = Follows("orders", parent=lambda: Order, via="order_id")

    id: Mapped[int] = key("shp_id")
    number: Mapped[str] = numbered("shp_no")
    order_id: Mapped[int] = mapped_column(
        "shp_order_id", ForeignKey("orders.odr_id"), index=True, info=blocks("shipments")
    )
    date: Mapped[dt.date] = mapped_column("shp_date")
    carrier: Mapped[str | None] = mapped_column("shp_carrier")
    tracking_no: Mapped[str | None] = mapped_column("shp_tracking_no")
    memo: Mapped[str | None] = mapped_column("shp_memo")
    external_id: Mapped[str | None] = external("orders_shipment", "shp_external_id")


class ShipmentLine(Base):
    """How many pieces of an order's line a shipment brings; written once, and gone with it."""

    __tablename__ = "orders_shipment_line"
    __noun__ = "orders"

    id: Mapped[int] = key("spl_id")
    shipment_id: Mapped[int] = mapped_column("spl_shipment_id", ForeignKey("orders_shipment.shp_id"))
    line_id: Mapped[int] = mapped_column(
        "spl_line_id", ForeignKey("orders_line.odd_id"), index=True, info=blocks("shipments")
    )
    count: Mapped[int] = mapped_column("spl_count")

    __table_args__ = (
        UniqueConstraint("spl_shipment_id", "spl_line_id", name="uq_orders_shipment_line_once"),
        CheckConstraint("spl_count > 0", name="spl_count"),
    )
