"""Settings as a file: written out here, taken over whole or not at all by another installation."""

from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import FieldError, Invalid
from app.models.base.settings import Setting
from app.schemas.base.settings import SettingsImport
from app.services.base import currencies
from app.services.base.setting_kinds import checked
from app.services.base.settings import SPECS, misfits, store, values

FORMAT = "kith-settings"
MOVABLE = {name: spec for name, spec in SPECS.items() if spec.kind != "image"}
"""A logo is an image file of its own, which is chosen anew."""


RENAMED = {"session.invite_days": ("session.invite_hours", 24)}
"""What files of before call a setting, its name now, and how many of its units one was."""


def _present(name: str, value: Any) -> tuple[str, Any]:
    now, factor = RENAMED.get(name, (name, 1))
    return now, value * factor if now != name and isinstance(value, int) else value


async def export(ctx: Ctx) -> dict[str, Any]:
    """Return the value in force of every setting that can be moved."""
    stored = await values(ctx.session)
    return {"format": FORMAT, "exported_at": ctx.now, "settings": {name: stored[name] for name in MOVABLE}}


async def take(ctx: Ctx, body: SettingsImport) -> dict[str, Any]:
    """Set everything that the file changes, or nothing: raise one `Invalid` that names all wrong values.

    What the file leaves out stays as it is.
    """
    given = await _checked(ctx, body)
    locked = select(Setting).where(Setting.name.in_(given)).order_by(Setting.name).with_for_update()
    rows = {row.name: row for row in await ctx.session.scalars(locked)}
    before = {name: rows[name].value if name in rows else spec.default for name, spec in MOVABLE.items()}
    changes = [
        {"name": name, "before": before[name], "after": given[name]}
        for name in MOVABLE
        if name in given and given[name] != before[name]
    ]
    for change in changes:
        if change["name"] == currencies.SETTING:
            await currencies.check_change(ctx, change["before"], change["after"])
    if not body.dry_run:
        for change in changes:
            await store(ctx, rows.get(change["name"]), change["name"], change["after"])
    return {"applied": not body.dry_run, "changes": changes}


async def _checked(ctx: Ctx, body: SettingsImport) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wrong: list[FieldError] = []
    for given, sent in body.settings.items():
        name, value = _present(given, sent)
        try:
            if name not in MOVABLE:
                raise Invalid("", "unknown_setting", "There is no such setting, or it does not move in a file.")  # noqa: TRY301
            found[name] = checked(MOVABLE[name], value)
        except Invalid as error:
            wrong.append(_at(given, error.errors[0]["code"], error.errors[0]["message"]))
    wrong += [_at(name, code, message) for name, (code, message) in (await misfits(ctx, found)).items()]
    if wrong:
        raise Invalid(wrong[0]["pointer"], wrong[0]["code"], wrong[0]["message"], more=wrong[1:])
    return found


def _at(name: str, code: str, message: str) -> FieldError:
    return {"pointer": f"/settings/{name}", "code": code, "message": message}
