"""Who else sells to our customers, and with what (`mkt_competitor`, `mkt_competitor_product`)."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.derived import derives
from app.core.external import external
from app.core.leaving import goes
from app.core.numbers import numbered, sequence
from app.core.orm import SoftDeleted, Stamped, key
from app.core.pinyin import keys
from app.core.search import NFKC, first
from app.models.sales.chances import ALIVE

numbers = sequence("mkt_competitor_no")


class Competitor(SoftDeleted, Stamped, Audited, Base):
    """A company that sells against us. `code` is what records name it by; who is met no more is disabled."""

    __tablename__ = "mkt_competitor"
    __audit__ = "competitors"
    __named_by__ = "code"
    """By what rows of an import name one, as all programs do."""

    id: Mapped[int] = key("cpt_id")
    code: Mapped[str] = numbered("cpt_code")
    name: Mapped[str] = mapped_column("cpt_name")
    name_en: Mapped[str | None] = mapped_column("cpt_name_en")
    pinyin: Mapped[str] = mapped_column(
        "cpt_pinyin", Text(collation="C"), info=derives("name", lambda name: keys(name)[0])
    )
    initials: Mapped[str] = mapped_column(
        "cpt_initials", Text(collation="C"), info=derives("name", lambda name: keys(name)[1])
    )
    website: Mapped[str | None] = mapped_column("cpt_website")
    strategy: Mapped[str | None] = mapped_column("cpt_strategy")
    memo: Mapped[str | None] = mapped_column("cpt_memo")
    enabled: Mapped[bool] = mapped_column("cpt_enabled", server_default="true")
    updated_by: Mapped[int | None] = mapped_column("cpt_updated_by", info={"secret": True})
    """Who changed it last, or a product of it; the log, which has everybody, does not repeat it."""
    external_id: Mapped[str | None] = external("mkt_competitor", "cpt_external_id")

    __table_args__ = (
        Index("uq_mkt_competitor_name", func.lower(func.normalize(text("cpt_name"), NFKC)).label("twin"),
              unique=True, postgresql_where=ALIVE),
        Index("ix_mkt_competitor_pinyin", "cpt_pinyin", "cpt_id"),
        Index("ix_mkt_competitor_created", "created_at", "cpt_id", postgresql_where=ALIVE),
        Index("ix_mkt_competitor_updated", "updated_at", "cpt_id", postgresql_where=ALIVE),
        Index("ix_mkt_competitor_initials", "cpt_initials"),
        Index("ix_mkt_competitor_code", func.lower(text("cpt_code")).label("code"),
              postgresql_ops={"code": "text_pattern_ops"}),
        *(Index(f"ix_mkt_competitor_{name}", func.crm_bigrams(text(f"cpt_{name}")), postgresql_using="gin")
          for name in ("name", "name_en")),
        *(Index(f"ix_mkt_competitor_{name}_first", first(text(f"cpt_{name}"))) for name in ("name", "name_en")),
    )  # fmt: skip


class CompetitorProduct(Audited, Base):
    """What a competitor offers, how it is better and worse than ours, and which of our products answers it."""

    __tablename__ = "mkt_competitor_product"
    __audit__ = "competitors"
    __audit_id__ = "competitor_id"
    __audit_verbs__ = ("add_product", "remove_product")

    id: Mapped[int] = key("cpp_id")
    competitor_id: Mapped[int] = mapped_column("cpp_cpt_id", ForeignKey("mkt_competitor.cpt_id"), info=goes())
    name: Mapped[str] = mapped_column("cpp_name")
    price: Mapped[Decimal | None] = mapped_column("cpp_price")
    strengths: Mapped[str | None] = mapped_column("cpp_strengths")
    weaknesses: Mapped[str | None] = mapped_column("cpp_weaknesses")
    product_id: Mapped[int | None] = mapped_column("cpp_prod_id", ForeignKey("product.prod_id"), index=True)

    __table_args__ = (UniqueConstraint("cpp_cpt_id", "cpp_name", name="uq_mkt_competitor_product_name"),)


explain("uq_mkt_competitor_cpt_code", "/code", "taken", "This code of a competitor is taken.")
explain("uq_mkt_competitor_name", "/name", "taken", "There is a competitor of this name.")
explain("uq_mkt_competitor_product_name", "/name", "taken", "This competitor has a product of that name.")
