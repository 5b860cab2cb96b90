"""The data dictionary (`bas_dict`): the values that people choose from, in both languages."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import Audited
from app.core.constraints import explain
from app.core.db import Base
from app.core.orm import Stamped, key


class DictItem(Stamped, Audited, Base):
    """One value of one type. Records keep the `item`, screens show its label."""

    __tablename__ = "bas_dict"
    __audit__ = "dict"

    id: Mapped[int] = key("dict_id")
    type: Mapped[str] = mapped_column("dict_type")
    item: Mapped[str] = mapped_column("dict_item")
    value: Mapped[str] = mapped_column("dict_value")
    value_en: Mapped[str | None] = mapped_column("dict_value_en")
    sort: Mapped[int] = mapped_column("dict_sort")
    enabled: Mapped[bool] = mapped_column("dict_enabled", server_default="true")
    is_editable: Mapped[bool] = mapped_column("dict_is_editable", server_default="true")

    __table_args__ = (UniqueConstraint("dict_type", "dict_item", name="uq_bas_dict_type_item"),)


explain("uq_bas_dict_type_item", "/item", "taken", "This type has such an item already.")
