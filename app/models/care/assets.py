"""What customers have of ours: a machine, a licence, each by itself (`svr_asset`)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.external import external
from app.core.leaving import goes
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, key, sorts
from app.core.owners import Follows
from app.models.customers.customers import Customer

ALIVE = text("deleted_at is null")
numbers = sequence("svr_asset_no")


class Asset(SoftDeleted, Stamped, Audited, Base):
    """A piece of a product at a customer, with its serial number; it is the customer's manager's to look after."""

    __tablename__ = "svr_asset"
    __audit__ = "assets"
    __scope__ = Follows("assets", parent=lambda: Customer, via="customer_id", repeated="manager_id")

    id: Mapped[int] = key("ast_id")
    number: Mapped[str] = numbered("ast_no")
    customer_id: Mapped[int] = mapped_column(
        "ast_cust_id", ForeignKey("cst_customer.cust_id"), index=True, info=goes("assets")
    )
    manager_id: Mapped[int | None] = mapped_column(
        "ast_manager_id", ForeignKey("sys_user.usr_id"), index=True, info={"secret": True}
    )
    """The customer's manager, repeated."""
    product_id: Mapped[int] = mapped_column("ast_prod_id", ForeignKey("product.prod_id"), index=True)
    serial_number: Mapped[str | None] = mapped_column("ast_serial_no")
    delivered_on: Mapped[date | None] = mapped_column("ast_delivered_on")
    warranty_until: Mapped[date | None] = mapped_column("ast_warranty_until")
    place: Mapped[str | None] = mapped_column("ast_place")
    memo: Mapped[str | None] = mapped_column("ast_memo")
    shipment_id: Mapped[int | None] = mapped_column(
        "ast_shp_id", ForeignKey("orders_shipment.shp_id"), index=True, info={"secret": True}
    )
    """The shipment that brought it; null where it was written down by hand."""
    external_id: Mapped[str | None] = external("svr_asset", "ast_external_id")

    __table_args__ = (
        CheckConstraint("ast_warranty_until >= ast_delivered_on", name="ast_warranty_until"),
        Index(
            "uq_svr_asset_serial_no",
            "ast_prod_id",
            text("lower(ast_serial_no)"),
            unique=True,
            postgresql_where=text("ast_serial_no is not null and deleted_at is null"),
        ),
        Index("ix_svr_asset_created", "created_at", "ast_id", postgresql_where=ALIVE),
        Index("ix_svr_asset_manager_created", "ast_manager_id", "created_at", "ast_id", postgresql_where=ALIVE),
        Index("ix_svr_asset_delivered", func.coalesce(text("ast_delivered_on"), text("'1900-01-01'::date")), "ast_id",
              postgresql_where=ALIVE),
        Index("ix_svr_asset_warranty", func.coalesce(text("ast_warranty_until"), text("'9998-12-31'::date")), "ast_id",
              postgresql_where=ALIVE),
        sorts("svr_asset", "ast_manager_id", "ast_id ast_prod_id ast_delivered_on ast_warranty_until"),
        Index(
            "ix_svr_asset_serial_no",
            func.lower(text("ast_serial_no")).label("serial"),
            postgresql_ops={"serial": "text_pattern_ops"},
            postgresql_where=ALIVE,
        ),
    )  # fmt: skip


explain(
    "uq_svr_asset_serial_no", "/serial_number", "taken", "There is a piece of this product with this serial number."
)
