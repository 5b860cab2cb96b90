"""Which records changed, in the order in which it became known (`sys_change`): for programs that mirror them."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Change(Base):
    """One change of a record, without what changed. `xid` is the transaction's: who reads stops below the oldest still open.

    `kind` is null where nobody sees the record otherwise than before; `owner`: its owner changed, or it went to or came
    from the bin, and the person in `was` owned it before; `named`: the same of who saw it for another reason.
    """

    __tablename__ = "sys_change"

    entity: Mapped[str] = mapped_column("chg_entity", primary_key=True)
    xid: Mapped[int] = mapped_column(
        "chg_xid", primary_key=True, server_default=text("((pg_current_xact_id())::text)::bigint"), autoincrement=False
    )
    entity_id: Mapped[int] = mapped_column("chg_entity_id", primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column("chg_id", BigInteger, Identity(), primary_key=True)
    kind: Mapped[str | None] = mapped_column("chg_kind")
    was: Mapped[int | None] = mapped_column("chg_was")
    at: Mapped[datetime] = mapped_column("chg_at", server_default=text("now()"))

    __table_args__ = (
        CheckConstraint("chg_kind in ('owner', 'named')", name="chg_kind"),
        # Rows lie in the order of their moments: a few pages of index tell which are old.
        Index("ix_sys_change_at", "chg_at", postgresql_using="brin"),
    )
