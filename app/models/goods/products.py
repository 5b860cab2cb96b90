"""What is sold: products with attributes and pictures, on a tree of categories (`product`, `product_…`)."""

from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)  # fmt: skip
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.external import external
from app.core.guarded import Guarded
from app.core.orm import Stamped, key
from app.core.pinyin import keys
from app.core.search import first
from app.models.access.rbac import Permission

COST = ("cost", "margin", "margin_rate")
"""What one piece costs the company, and what follows from it and the price."""


class ProductCategory(Stamped, Audited, Base):
    """A shelf for products, in a tree; what lies on a disabled one, or below it, is not sold."""

    __tablename__ = "product_category"
    __audit__ = "product_categories"

    id: Mapped[int] = key("pct_id")
    name: Mapped[str] = mapped_column("pct_name")
    parent_id: Mapped[int | None] = mapped_column("pct_parent_id", ForeignKey("product_category.pct_id"), index=True)
    enabled: Mapped[bool] = mapped_column("pct_enabled", server_default="true")
    external_id: Mapped[str | None] = external("product_category", "pct_external_id")


class Product(Stamped, Audited, Base):
    """A product; who no longer sells it disables it."""

    __tablename__ = "product"
    __audit__ = "products"
    __guarded__ = Guarded(Permission.products_cost, COST, flag="sees_cost")

    id: Mapped[int] = key("prod_id")
    name: Mapped[str] = mapped_column("prod_name")
    pinyin: Mapped[str] = mapped_column("prod_pinyin", Text(collation="C"), server_default="", info={"secret": True})
    initials: Mapped[str] = mapped_column(
        "prod_initials", Text(collation="C"), server_default="", info={"secret": True}
    )
    code: Mapped[str | None] = mapped_column("prod_code", unique=True)
    model: Mapped[str | None] = mapped_column("prod_type")
    batch: Mapped[str | None] = mapped_column("prod_batch")
    unit: Mapped[str | None] = mapped_column("prod_unit")
    price: Mapped[Decimal | None] = mapped_column("prod_price")
    tax_rate: Mapped[Decimal | None] = mapped_column("prod_tax_rate", Numeric(5, 4))
    cost: Mapped[Decimal | None] = mapped_column("prod_cost")
    category_id: Mapped[int | None] = mapped_column(
        "prod_category_id", ForeignKey("product_category.pct_id"), index=True
    )
    enabled: Mapped[bool] = mapped_column("prod_enabled", server_default="true")
    is_tracked: Mapped[bool] = mapped_column("prod_is_tracked", server_default="false")
    """Whether customers' pieces of it are assets, one by one."""
    warranty_months: Mapped[int | None] = mapped_column("prod_warranty_months")
    memo: Mapped[str | None] = mapped_column("prod_memo")
    external_id: Mapped[str | None] = external("product", "prod_external_id")

    __table_args__ = (
        CheckConstraint("prod_tax_rate between 0 and 1", name="prod_tax_rate"),
        CheckConstraint("prod_cost >= 0", name="prod_cost"),
        CheckConstraint("prod_warranty_months between 1 and 600", name="prod_warranty_months"),
        Index("ix_product_pinyin", "prod_pinyin", "prod_id"),
        Index("ix_product_initials", "prod_initials"),
        Index("ix_product_created", "created_at", "prod_id"),
        Index(
            "ix_product_code", func.lower(text("prod_code")).label("code"), postgresql_ops={"code": "text_pattern_ops"}
        ),
        Index("ix_product_name", func.crm_bigrams(text("prod_name")), postgresql_using="gin"),
        Index("ix_product_first", first(text("prod_name"))),
    )

    @validates("name")
    def _spell(self, _attribute: str, name: str) -> str:
        """Keep the search keys with the name, whoever sets it."""
        self.pinyin, self.initials = keys(name)
        return name


class ProductAttribute(Audited, Base):
    """A fact of a product that has no field of its own: a name and a value, at a place in the list."""

    __tablename__ = "product_attribute"
    __audit__ = "products"
    __audit_id__ = "product_id"
    __audit_verbs__ = ("add_attribute", "remove_attribute")

    id: Mapped[int] = key("pat_id")
    product_id: Mapped[int] = mapped_column("pat_prod_id", ForeignKey("product.prod_id"))
    name: Mapped[str] = mapped_column("pat_name")
    value: Mapped[str] = mapped_column("pat_value")
    sort: Mapped[int] = mapped_column("pat_sort", info={"secret": True})

    __table_args__ = (UniqueConstraint("pat_prod_id", "pat_name", name="uq_product_attribute_name"),)


class ProductPicture(Audited, Base):
    """A picture of a product: the first one stands for it. `hash` changes with the content, which no log repeats."""

    __tablename__ = "product_picture"
    __audit__ = "products"
    __audit_id__ = "product_id"
    __audit_verbs__ = ("add_picture", "remove_picture")

    id: Mapped[int] = key("ppc_id")
    product_id: Mapped[int] = mapped_column("ppc_prod_id", ForeignKey("product.prod_id"))
    hash: Mapped[str] = mapped_column("ppc_hash")
    type: Mapped[str] = mapped_column("ppc_type")
    width: Mapped[int] = mapped_column("ppc_width")
    height: Mapped[int] = mapped_column("ppc_height")
    size: Mapped[int] = mapped_column("ppc_size")
    sort: Mapped[int] = mapped_column("ppc_sort", info={"secret": True})
    content: Mapped[bytes] = mapped_column("ppc_content", LargeBinary, deferred=True, info={"secret": True})

    __table_args__ = (
        CheckConstraint("ppc_type in ('image/png', 'image/jpeg', 'image/webp')", name="ppc_type"),
        UniqueConstraint("ppc_prod_id", "ppc_hash", name="uq_product_picture_hash"),
        Index("ix_product_picture_place", "ppc_prod_id", "ppc_sort", "ppc_id"),
    )


explain("uq_product_prod_code", "/code", "taken", "This product code is taken.")
explain("uq_product_attribute_name", "/attributes", "taken", "This product has an attribute of that name.")
explain("uq_product_picture_hash", "/image", "taken", "This product has this picture already.")
