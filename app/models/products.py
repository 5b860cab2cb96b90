"""What is sold (`product`, `product_category`)."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import Stamped, key
from app.core.pinyin import keys


class ProductCategory(Stamped, Audited, Base):
    """A shelf for products, in a tree."""

    __tablename__ = "product_category"
    __audit__ = "product_categories"

    id: Mapped[int] = key("pct_id")
    name: Mapped[str] = mapped_column("pct_name")
    parent_id: Mapped[int | None] = mapped_column("pct_parent_id", ForeignKey("product_category.pct_id"), index=True)


class Product(Stamped, Audited, Base):
    """A product; who no longer sells it disables it."""

    __tablename__ = "product"
    __audit__ = "products"

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
    category_id: Mapped[int | None] = mapped_column(
        "prod_category_id", ForeignKey("product_category.pct_id"), index=True
    )
    enabled: Mapped[bool] = mapped_column("prod_enabled", server_default="true")
    memo: Mapped[str | None] = mapped_column("prod_memo")
    external_id: Mapped[str | None] = mapped_column("prod_external_id", unique=True)

    __table_args__ = (
        CheckConstraint("prod_tax_rate between 0 and 1", name="prod_tax_rate"),
        Index("ix_product_pinyin", "prod_pinyin", "prod_id"),
        Index("ix_product_initials", "prod_initials"),
        Index("ix_product_created", "created_at", "prod_id"),
        Index(
            "ix_product_code", func.lower(text("prod_code")).label("code"), postgresql_ops={"code": "text_pattern_ops"}
        ),
        Index("ix_product_name", func.crm_bigrams(text("prod_name")), postgresql_using="gin"),
    )

    @validates("name")
    def _spell(self, _attribute: str, name: str) -> str:
        """Keep the search keys with the name, whoever sets it."""
        self.pinyin, self.initials = keys(name)
        return name


explain("uq_product_prod_code", "/code", "taken", "This product code is taken.")
explain("uq_product_prod_external_id", "/external_id", "taken", "This external id is taken.")
