"""Settings of the installation."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.types import Body, OptionalRef, Read

Value = Annotated[int, Field(strict=True)] | Annotated[str, Field(max_length=200)]


class SettingRead(Read):
    """One setting: what it is, what it may be, and who changed it when (null: nobody yet)."""

    name: str
    version: int
    type: Literal["text", "integer", "choice", "timezone"]
    value: int | str
    default: int | str
    minimum: int | None
    maximum: int | None
    options: list[str] | None
    unit: str | None
    public: bool
    changed_at: datetime | None
    changed_by: OptionalRef


class PublicSettings(Read):
    """What everybody who is signed in may know."""

    company_name: str
    company_timezone: str
    company_currency: str
    company_language: str
    password_min_length: int


class SettingWrite(Body):
    """The new value."""

    value: Value
