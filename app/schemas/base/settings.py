"""Settings of the installation."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.core.dates import Moment
from app.core.texts import LINE, OPAQUE, Item
from app.core.types import Body, OptionalRef, Read

Kind = Literal[
    "text", "integer", "choice", "timezone", "weekdays", "time", "dates", "level_days", "choices", "image",
]  # fmt: skip
FileFormat = Literal["kith-settings"]
LONGEST = 90_000
"""Characters: an image of 64 KiB as a data URL."""
MOST = 400
Whole = Annotated[int, Field(strict=True)]
DayName = Annotated[str, StringConstraints(min_length=1, max_length=80), LINE]
Text = Annotated[str, OPAQUE, Field(max_length=LONGEST)]
"""An image, a choice or a name: its kind (`services.setting_kinds`) says what it may be."""
Words = Annotated[str, OPAQUE, Field(max_length=1000)]
FileName = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_.]+$")]
LevelDays = Annotated[dict[Item, Whole], Field(max_length=MOST, examples=[{"strategic": 60}])]
"""Level of customers (an item of the dictionary) → days."""
Option = Annotated[str, OPAQUE, Field(max_length=60)]


class MarkedDay(Body):
    """A day and what it is called (null: nothing)."""

    date: Annotated[str, OPAQUE, Field(max_length=40, description="YYYY-MM-DD.", examples=["2026-10-01"])]
    name: Annotated[DayName | None, Field(examples=["国庆节"])] = None


class MarkedDayRead(Read):
    """A day and what it is called (null: nothing)."""

    date: str
    name: str | None


Value = int | str | list[int] | list[str] | list[MarkedDayRead] | dict[str, int]


class SettingRead(Read):
    """One setting: what it is, what it may be, and who changed it when (null: nobody yet).

    The value follows the type: weekdays are numbers from 1 (Monday) to 7, a time is HH:MM, level_days are days by
    customer level, an image is its version (null: none).
    """

    name: str
    version: int
    type: Kind
    value: Value | None
    default: Value | None
    minimum: int | None
    maximum: int | None
    options: list[str] | None
    unit: str | None
    public: bool
    changed_at: datetime | None
    changed_by: OptionalRef


RequiredFields = Annotated[list[str], Field(description="Facts that a new customer must have, by field name.")]
HiddenFields = Annotated[list[str], Field(description="Facts of a customer that no screen shows, by field name.")]
Logo = Annotated[str | None, Field(description="Its version, for GET /settings/logo?v=…; null: there is none.")]


class PublicSettings(Read):
    """What everybody who is signed in may know."""

    company_name: str
    company_timezone: str
    company_currency: str
    company_language: str
    company_logo: Logo
    work_days: Annotated[list[int], Field(description="The weekdays that are worked: 1 is Monday.")]
    work_start: Annotated[str, Field(description="HH:MM, in the company's time zone.")]
    work_end: Annotated[str, Field(description="HH:MM, in the company's time zone.")]
    work_holidays: Annotated[list[MarkedDayRead], Field(description="Days off beside the weekly ones.")]
    work_extra_days: Annotated[list[MarkedDayRead], Field(description="Days that are worked although they were off.")]
    password_min_length: int
    customers_required: RequiredFields
    customers_hidden: HiddenFields


class SettingWrite(Body):
    """The new value: of an image its content as a data URL, or null to remove it."""

    value: Whole | Text | Annotated[list[Whole | MarkedDay | Option], Field(max_length=MOST)] | LevelDays | None


class SettingsFile(Read):
    """The settings that another installation can take over, by name; the logo is not among them."""

    format: FileFormat
    exported_at: datetime
    settings: dict[str, Value]


FileValue = Whole | Words | Annotated[list[Whole | MarkedDay | Option], Field(max_length=MOST)] | LevelDays


class SettingsImport(Body):
    """A file as it was exported; names that it leaves out stay as they are."""

    format: FileFormat
    exported_at: Moment | None = None
    settings: Annotated[dict[FileName, FileValue], Field(max_length=200)]
    dry_run: Annotated[bool, Field(description="Only check the file and tell what it would change.")] = False


class SettingChange(Read):
    """What a file changes: the value in force and the one that replaces it."""

    name: str
    before: Value
    after: Value


class SettingsTaken(Read):
    """What was changed; with `dry_run` (applied: false) what would be."""

    applied: bool
    changes: list[SettingChange]
