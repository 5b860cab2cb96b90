"""Log-in, refresh, log-out, one-time links, the first administrator.

Browsers keep the refresh token in a cookie that only these routes read, after a check of Origin.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Form, Request, Response
from fastapi.security import OAuth2PasswordRequestForm

from app.core import devices
from app.core.ctx import Ctx
from app.core.devices import Device
from app.core.texts import OPAQUE
from app.routers.access import cookies
from app.routers.access.cookies import Carried, OnDevice, checked
from app.routers.deps import Allow, Held, Public, apart
from app.routers.route import NounRouter
from app.routers.state import State
from app.schemas.access.auth import DemoBody, LinkBody, PasswordBody, RefreshBody, SetupBody, StateRead, TokenRead
from app.services.access import auth as service
from app.services.access import demo_door, installation, passwords, sessions, setup
from app.services.access.demo_door import Offer
from app.services.access.doors import Door
from app.services.access.sessions import Session

router = NounRouter("/auth", "auth", "Log-in and sessions")
Anyone = Annotated[Ctx, Public]
SECRET = {"x-holds-secret": True}


def _answer(
    held: State, response: Response, session: Session, *, client: str = "browser", device: Device | None = None
) -> dict[str, Any]:
    """Hand over a session, and the device where one is known from now on: to browsers in cookies, to apps in the body."""
    mobile = client == "mobile"
    if not mobile:
        cookies.keep_session(held, response, session)
        if device:
            cookies.keep_device(held, response, device)
    return {
        "access_token": session.access_token,
        "token_type": "bearer",
        "expires_in": session.expires_in,
        "scope": None if session.scopes is None else " ".join(session.scopes),
        "refresh_token": session.refresh_token if mobile else None,
        "device_token": str(device) if mobile and device else None,
    }


async def door(held: Held, device: OnDevice) -> Door:
    """Return what log-in, link and set-up need beside what is sent."""
    return Door(held.tokens, held.settings.secret_key.get_secret_value(), device, apart(held))


async def offer(request: Request, held: Held) -> Offer:
    """Return whom of the demo company this caller may be; what a request says of its address makes it no local one."""
    if held.settings.production:
        return Offer.NOBODY
    local = (request.scope.get("state") or {}).get("local", False)
    return Offer.EVERYBODY if local or held.settings.demo_admin else Offer.COLLEAGUES


Offered = Annotated[Offer, Depends(offer)]
AtDoor = Annotated[Door, Depends(door)]


@router.get("/state", response_model=StateRead)
async def get_auth_state(ctx: Anyone, offered: Offered) -> dict[str, Any]:
    """Tell the log-in page what kind of installation this is."""
    return await installation.state(ctx, offered)


@router.post("/token", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in(
    ctx: Anyone,
    held: Held,
    at: AtDoor,
    response: Response,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    client: Annotated[str, Form(pattern="^(browser|mobile)$")] = "browser",
    device_token: Annotated[
        str | None, OPAQUE, Form(max_length=200, description="Of an app: from its last log-in.")
    ] = None,
) -> dict[str, Any]:
    """Log in with name and password (OAuth2 password form); with `scope` the session is limited to these rights."""
    at = replace(at, device=devices.read(device_token)) if client == "mobile" else at
    entered = await service.log_in(ctx, at, form.username, form.password, form.scopes)
    return _answer(held, response, entered.session, client=client, device=entered.device)


@router.post("/refresh", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def refresh_token(
    ctx: Anyone, held: Held, response: Response, carried: Carried, body: RefreshBody | None = None
) -> dict[str, Any]:
    """Exchange the refresh token; a token that was used before ends the whole session."""
    mobile = body.refresh_token if body else None
    session = await sessions.refresh(
        ctx, held.tokens, held.settings.secret_key.get_secret_value(), mobile or carried or ""
    )
    return _answer(held, response, session, client="mobile" if mobile else "browser")


@router.post("/logout", status_code=204, dependencies=checked)
async def log_out(
    ctx: Anyone, held: Held, response: Response, carried: Carried, body: RefreshBody | None = None
) -> None:
    """End the session; within five seconds its access token is worth nothing either."""
    user_id = await sessions.end(ctx, (body.refresh_token if body else None) or carried)
    held.standings.forget(user_id)
    cookies.drop_session(held, response)


@router.post("/password", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def change_password(
    ctx: Annotated[Ctx, Allow()], held: Held, device: OnDevice, response: Response, body: PasswordBody
) -> dict[str, Any]:
    """Change your own password; your other sessions end. Tries are counted as those of the log-in."""
    current, new = body.current_password.get_secret_value(), body.new_password.get_secret_value()
    session = await passwords.change(ctx, await door(held, device), current, new)
    held.standings.forget(ctx.actor.id)
    return _answer(held, response, session)


@router.post("/link", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in_by_link(ctx: Anyone, held: Held, at: AtDoor, response: Response, body: LinkBody) -> dict[str, Any]:
    """Set a password through a one-time link and sign in."""
    entered = await service.log_in_by_link(ctx, at, body.token, body.new_password.get_secret_value())
    return _answer(held, response, entered.session, device=entered.device)


@router.post("/setup", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def set_up(ctx: Anyone, held: Held, at: AtDoor, response: Response, body: SetupBody) -> dict[str, Any]:
    """Create the first administrator through the link that the first start printed."""
    password = body.password.get_secret_value()
    entered = await setup.set_up(ctx, at, body.token, body.user_name, body.name, password)
    return _answer(held, response, entered.session, device=entered.device)


@router.post("/demo", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in_as_demo(
    ctx: Anyone, held: Held, response: Response, offered: Offered, body: DemoBody
) -> dict[str, Any]:
    """Be a person of the demo company; 403 where its door is closed, or for one who is not offered to this caller."""
    session = await demo_door.enter(ctx, held.tokens, body.user_id, offered)
    return _answer(held, response, session)
