"""Settings of the installation: their defaults, types, and the values that are in force."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models.settings import Setting

DEFAULTS: dict[str, Any] = {
    "company.name": "客智",
    "company.timezone": "Asia/Shanghai",
    "company.currency": "CNY",
    "company.language": "zh-CN",
    "lost.days": 180,
    "demo.enabled": False,
}


async def values(session: AsyncSession) -> dict[str, Any]:
    """Return every setting by name, with the default where none is stored."""
    rows = await session.execute(select(Setting.name, Setting.value))
    return DEFAULTS | {row.name: row.value for row in rows}


async def put(session: AsyncSession, name: str, value: Any) -> None:
    """Store one setting (callers check its type)."""
    statement = insert(Setting).values(name=name, value=value)
    await session.execute(statement.on_conflict_do_update(index_elements=[Setting.name], set_={"set_value": value}))


def timezone(settings: dict[str, Any]) -> ZoneInfo:
    """Return the company's time zone."""
    return ZoneInfo(settings["company.timezone"])
