"""What Kith itself has to say in data: a code with facts. Words are made of it where somebody reads, in their language."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

Telling = dict[str, Any]
"""{"code": …, "facts": {name: text}}, as `schemas.told.Told` shows it."""


def telling(code: str, **facts: str) -> Telling:
    """Return what a row is to tell; the row's own text beside it holds a number or a person's words, in no language of ours."""
    return {"code": code, "facts": facts}


def told(name: str) -> Mapped[Telling | None]:
    """Map a column that tells something; it follows from the rest of its row, so the log does not repeat it."""
    return mapped_column(name, JSONB(none_as_null=True), info={"secret": True})
