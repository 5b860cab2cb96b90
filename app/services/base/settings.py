"""Settings of the installation: their ranges and defaults, and the values that are in force.

Every one that stands here is read by something; what nothing reads is no setting. Values may be a few seconds
old in other processes.
"""

import hashlib
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.audit import mark
from app.core.ctx import Ctx
from app.core.errors import Invalid, NotFound, StaleVersion
from app.core.images import decoded
from app.models.access.users import User
from app.models.base.dict import DictItem
from app.models.base.settings import Setting
from app.schemas.base.settings import SettingWrite
from app.schemas.customers.customers import CustomerFacts
from app.services.base import currencies
from app.services.base.setting_kinds import Spec, checked

LANGUAGES = ("zh-CN", "en-US")
CURRENCIES = ("CNY", "HKD", "TWD", "USD", "EUR", "GBP", "JPY", "KRW", "SGD", "AUD", "CAD", "CHF", "RUB", "INR")

SPECS: dict[str, Spec] = {
    "company.name": Spec("text", "客智", public=True, minimum=1, maximum=100),
    "company.timezone": Spec("timezone", "Asia/Shanghai", public=True),
    "company.currency": Spec("choice", "CNY", public=True, options=CURRENCIES),
    "company.language": Spec("choice", "zh-CN", public=True, options=LANGUAGES),
    "company.logo": Spec("image", None, public=True, maximum=64 * 1024, unit="bytes"),
    "work.days": Spec("weekdays", [1, 2, 3, 4, 5], public=True),
    "work.start": Spec("time", "09:00", public=True),
    "work.end": Spec("time", "18:00", public=True),
    "work.holidays": Spec("dates", [], public=True, minimum=0, maximum=400, unit="days"),
    "work.extra_days": Spec("dates", [], public=True, minimum=0, maximum=100, unit="days"),
    "lost.days": Spec("integer", 180, minimum=1, maximum=3650, unit="days"),
    "lost.days_by_level": Spec("level_days", {}, minimum=1, maximum=3650, unit="days", keys_of="level"),
    "lost.contact_days": Spec("integer", 0, minimum=0, maximum=3650, unit="days"),
    "lost.satisfaction": Spec("integer", 0, minimum=0, maximum=4),
    "periodic.automatic": Spec("choice", "on", options=("off", "on")),
    "password.min_length": Spec("integer", 10, public=True, minimum=8, maximum=64, unit="characters"),
    "session.days": Spec("integer", 14, minimum=1, maximum=90, unit="days"),
    "session.longest_days": Spec("integer", 30, minimum=1, maximum=365, unit="days"),
    "session.invite_hours": Spec("integer", 72, minimum=1, maximum=720, unit="hours"),
    "session.reset_hours": Spec("integer", 1, minimum=1, maximum=72, unit="hours"),
    "customers.required": Spec("choices", [], public=True, options=tuple(CustomerFacts.model_fields)),
    "customers.hidden": Spec("choices", [], public=True, options=tuple(CustomerFacts.model_fields)),
    "log.views": Spec("choice", "off", options=("off", "on")),
}
DAY_RULES = ("work.holidays", "work.extra_days")
FIELD_RULES = ("customers.required", "customers.hidden")
DOOR, SHUT_FOR_GOOD = "demo.enabled", "demo.closed"
"""Whether one enters the demo company by a click, and whether nobody ever will again."""
INTERNAL: dict[str, Any] = {
    DOOR: False,
    SHUT_FOR_GOOD: False,
    "periodic.composed": None,
    "customers.norm": {"rule": 0, "after": None},
    "verify.days_of_1970": 0,
    "changes.era": "",
}
"""Kept among the settings, but nobody's to edit."""
LOGO_IMAGE = "company.logo.image"
"""The logo itself, as a data URL, stands apart: `company.logo` holds its version, and who reads settings no image."""
HASH = 12
DEFAULTS = {name: spec.default for name, spec in SPECS.items()} | INTERNAL


async def values(session: AsyncSession) -> dict[str, Any]:
    """Return every setting by name, with the default where none is stored."""
    rows = await session.execute(select(Setting.name, Setting.value).where(Setting.name != LOGO_IMAGE))
    return DEFAULTS | {row.name: row.value for row in rows}


async def put(session: AsyncSession, name: str, value: Any) -> None:
    """Store one setting (callers check its type)."""
    statement = insert(Setting).values(name=name, value=value)
    await session.execute(statement.on_conflict_do_update(index_elements=[Setting.name], set_={"set_value": value}))


def timezone(settings: dict[str, Any]) -> ZoneInfo:
    """Return the company's time zone."""
    return ZoneInfo(settings["company.timezone"])


async def public(ctx: Ctx) -> dict[str, Any]:
    """Return what everybody may know, `company.name` as `company_name`."""
    stored = await values(ctx.session)
    return {name.replace(".", "_"): stored[name] for name, spec in SPECS.items() if spec.public}


async def everything(ctx: Ctx) -> list[dict[str, Any]]:
    """Return every setting with what it may be, and who changed it when."""
    columns = (Setting.name.label("setting"), Setting.value, Setting.version, Setting.updated_at, User.id, User.name)
    statement: Any = select(*columns).outerjoin(User, User.id == Setting.changed_by).where(Setting.name.in_(SPECS))
    stored = {row.setting: row for row in await ctx.session.execute(statement)}
    return [_show(name, spec, stored.get(name)) for name, spec in SPECS.items()]


def _show(name: str, spec: Spec, row: Any) -> dict[str, Any]:
    changed = row is not None and row.id is not None
    return {
        "name": name,
        "version": row.version if row else 0,
        "type": spec.kind,
        "value": row.value if row else spec.default,
        "default": spec.default,
        "minimum": spec.minimum,
        "maximum": spec.maximum,
        "options": list(spec.options) if spec.options else None,
        "unit": spec.unit,
        "public": spec.public,
        "changed_at": row.updated_at if changed else None,
        "changed_by": {"id": row.id, "name": row.name} if changed else None,
    }


async def get_detail(ctx: Ctx, name: str) -> dict[str, Any]:
    """Return one setting; raise `NotFound`."""
    found = [row for row in await everything(ctx) if row["name"] == name]
    if not found:
        raise NotFound
    return found[0]


async def update(ctx: Ctx, name: str, version: int, body: SettingWrite) -> dict[str, Any]:
    """Set one setting; its version is 0 until somebody first stores it.

    Raises `NotFound` for an unknown one, `Invalid` at /value, `StaleVersion` when somebody was faster.
    """
    if name not in SPECS:
        raise NotFound
    value = checked(SPECS[name], body.value)
    if name == currencies.SETTING:
        await currencies.check_change(ctx, (await values(ctx.session))[name], value)
    for code, message in (await misfits(ctx, {name: value})).values():
        raise Invalid("/value", code, message)
    row = await ctx.session.get(Setting, name, with_for_update=True)
    if version != (row.version if row else 0):
        raise StaleVersion(version=row.version if row else 0)
    if SPECS[name].kind == "image":
        value = await _put_image(ctx, value)
    await store(ctx, row, name, value)
    return await get_detail(ctx, name)


async def store(ctx: Ctx, row: Setting | None, name: str, value: Any) -> None:
    """Write a checked value into its row (None: it has none yet), with who and in the log."""
    if row is None:
        row = Setting(name=name, value=value)
        ctx.session.add(row)
    row.value, row.changed_by = value, ctx.actor.id
    mark(row, "update", name=name)
    await ctx.session.flush()


async def misfits(ctx: Ctx, given: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return name -> (code, message) of checked values that do not go with the other settings or the dictionary."""
    found: dict[str, tuple[str, str]] = {}
    then = await values(ctx.session) | given
    start, end = then["work.start"], then["work.end"]
    if start >= end:
        message = f"Work must start before it ends; this would be {start} to {end}."
        found |= {name: ("out_of_order", message) for name in ("work.start", "work.end") if name in given}
    if both := [one for one in then["customers.required"] if one in then["customers.hidden"]]:
        message = f"Both required and hidden: {', '.join(both)}."
        found |= {name: ("required_and_hidden", message) for name in FIELD_RULES if name in given}
    if twice := sorted(
        {day["date"] for day in then["work.holidays"]} & {day["date"] for day in then["work.extra_days"]}
    ):
        message = f"Both a holiday and a working day: {', '.join(twice)}."
        found |= {name: ("holiday_and_working", message) for name in DAY_RULES if name in given}
    if levels := given.get("lost.days_by_level"):
        # A disabled one too: customers still carry it.
        unknown = levels.keys() - set(await ctx.session.scalars(select(DictItem.item).where(DictItem.type == "level")))
        if unknown:
            message = f"There is no such customer level: {', '.join(sorted(unknown))}."
            found["lost.days_by_level"] = ("unknown_level", message)
    return found


class Logo(NamedTuple):
    """The company's logo: its version (which changes with its content), media type and content."""

    version: str
    type: str
    content: bytes


async def _put_image(ctx: Ctx, image: str | None) -> str | None:
    """Store the logo apart and return its version."""
    await put(ctx.session, LOGO_IMAGE, image or "")
    return _version(image) if image else None


def _version(image: str) -> str:
    return hashlib.sha256(image.encode()).hexdigest()[:HASH]


async def logo(ctx: Ctx) -> Logo | None:
    """Return the company's logo, if there is one."""
    image = await ctx.session.scalar(select(Setting.value).where(Setting.name == LOGO_IMAGE))
    if not image:
        return None
    return Logo(_version(image), image[len("data:") : image.index(";")], decoded(image) or b"")


async def get_logo(ctx: Ctx) -> Logo:
    """Return the company's logo; raise `NotFound` when there is none."""
    found = await logo(ctx)
    if found is None:
        raise NotFound("There is no logo.")
    return found
