"""What Kith itself has to say in data: a code with facts. Words are made of it where somebody reads, in their language."""

from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

Telling = dict[str, Any]
"""{"code": …, "facts": {name: text}}, as `schemas.told.Told` shows it."""


def telling(code: str, **facts: str) -> Telling:
    """Return what a row is to tell; the row's own text beside it holds a number or a person's words, in no language of ours."""
    return {"code": code, "facts": facts}


Reason = str | Telling
"""Why somebody did something: in their words, or a code where the screen did it for them (an undo)."""
UNDO = telling("undo")


def apart(reason: Reason | None) -> tuple[str | None, Telling | None]:
    """Return a reason as a row keeps it: words, and what is told instead of words."""
    return (None, reason) if isinstance(reason, dict) else (reason, None)


def told(name: str) -> Mapped[Telling | None]:
    """Map a column that tells something; it follows from the rest of its row, so the log does not repeat it."""
    return mapped_column(name, JSONB(none_as_null=True), info={"secret": True})
