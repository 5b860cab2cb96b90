"""What is sold (`product`, `product_category`)."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import Stamped, key
from app.core.pinyin import keys

DERIVED = {"secret": True}
"""Search keys follow from the name: the log does not repeat them."""


class ProductCategory(Stamped, Audited, Base):
    """A shelf for products, in a tree."""

    __tablename__ = "product_category"
    __audit__ = "products"

    id: Mapped[int] = key("pct_id")
    name: Mapped[str] = mapped_column("pct_name")
    parent_id: Mapped[int | None] = mapped_column("pct_parent_id", ForeignKey("product_category.pct_id"), index=True)


class Product(Stamped, Audited, Base):
    """A product; who no longer sells it disables it."""

    __tablename__ = "product"
    __audit__ = "products"

    id: Mapped[int] = key("prod_id")
    name: Mapped[str] = mapped_column("prod_name")
    pinyin: Mapped[str | None] = mapped_column("prod_pinyin", Text(collation="C"), info=DERIVED)
    initials: Mapped[str | None] = mapped_column("prod_initials", Text(collation="C"), info=DERIVED)
    code: Mapped[str | None] = mapped_column("prod_code", unique=True)
    model: Mapped[str | None] = mapped_column("prod_type")
    batch: Mapped[str | None] = mapped_column("prod_batch")
    unit: Mapped[str | None] = mapped_column("prod_unit")
    price: Mapped[Decimal | None] = mapped_column("prod_price")
    category_id: Mapped[int | None] = mapped_column(
        "prod_category_id", ForeignKey("product_category.pct_id"), index=True
    )
    enabled: Mapped[bool] = mapped_column("prod_enabled", server_default="true")
    memo: Mapped[str | None] = mapped_column("prod_memo")
    external_id: Mapped[str | None] = mapped_column("prod_external_id", unique=True)

    @validates("name")
    def _find_by_pinyin(self, _attribute: str, name: str) -> str:
        """Keep the search keys with the name, whoever writes it."""
        self.pinyin, self.initials = keys(name)
        return name


explain("uq_product_prod_code", "/code", "taken", "This product code is taken.")
explain("uq_product_prod_external_id", "/external_id", "taken", "This external id is taken.")
