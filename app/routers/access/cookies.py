"""What browsers keep between calls: the refresh token and the device, HttpOnly, for the routes of the log-in alone."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Cookie, Depends, Request, Response

from app.core import devices
from app.core.devices import Device
from app.core.errors import Forbidden
from app.core.texts import OPAQUE
from app.routers.deps import Held
from app.routers.state import State
from app.services.access.sessions import Session

REFRESH, DEVICE = "kith_refresh", "kith_device"
FOUR_HUNDRED_DAYS = 400 * 24 * 3600
"""Seconds: browsers keep nothing for longer."""


def _name(held: State, name: str) -> str:
    return f"__Host-{name}" if _secure(held) else name


def _secure(held: State) -> bool:
    """Tell whether cookies may only travel over https: in production, unless plain http was allowed."""
    return held.settings.production and not held.settings.insecure_cookie


def _path(held: State) -> str:
    """Return where cookies are sent; the prefix `__Host-` demands the root."""
    return "/" if _secure(held) else "/api/v1/auth"


def keep_session(held: State, response: Response, session: Session) -> None:
    """Let the browser carry the refresh token."""
    _put(held, response, REFRESH, session.refresh_token, int(session.lasts.total_seconds()))


def keep_device(held: State, response: Response, device: Device) -> None:
    """Let the browser be known again."""
    _put(held, response, DEVICE, str(device), FOUR_HUNDRED_DAYS)


def _put(held: State, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(held, name), value, max_age=seconds, httponly=True, samesite="strict", secure=_secure(held),
        path=_path(held),
    )  # fmt: skip


def drop_session(held: State, response: Response) -> None:
    """Take the refresh token from the browser; the device stays known."""
    response.delete_cookie(
        _name(held, REFRESH), path=_path(held), secure=_secure(held), httponly=True, samesite="strict"
    )


async def refresh_cookie(
    held: Held,
    plain: Annotated[str | None, OPAQUE, Cookie(alias=REFRESH, include_in_schema=False)] = None,
    host: Annotated[str | None, OPAQUE, Cookie(alias=f"__Host-{REFRESH}", include_in_schema=False)] = None,
) -> str | None:
    """Return the refresh token that the browser carries under the name that is in force."""
    return host if _secure(held) else plain


async def device_cookie(
    held: Held,
    plain: Annotated[str | None, OPAQUE, Cookie(alias=DEVICE, include_in_schema=False)] = None,
    host: Annotated[str | None, OPAQUE, Cookie(alias=f"__Host-{DEVICE}", include_in_schema=False)] = None,
) -> Device:
    """Return the device that the browser is; a new one where it has never been here."""
    return devices.read(host if _secure(held) else plain)


async def same_origin(request: Request, held: Held) -> None:
    """Refuse another site's page: its Origin is not ours, nor one that was let in. Callers that are not browsers send none.

    A browser that leaves Origin out still tells by Sec-Fetch-Site where the call comes from.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    foreign = urlsplit(origin).netloc != request.headers.get("host") if origin else site not in {"same-origin", "none"}
    if foreign and origin not in held.settings.cors_origins:
        raise Forbidden("This call comes from another site.")


Carried = Annotated[str | None, Depends(refresh_cookie)]
OnDevice = Annotated[Device, Depends(device_cookie)]
checked = [Depends(same_origin)]
