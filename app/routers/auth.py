"""Log-in, refresh, log-out, one-time links, the first administrator.

Browsers keep the refresh token in an HttpOnly cookie that only these routes read, after a check of Origin.
"""

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Cookie, Depends, Form, Request, Response
from fastapi.security import OAuth2PasswordRequestForm

from app.core.ctx import Ctx
from app.core.errors import Forbidden
from app.core.texts import OPAQUE
from app.routers.deps import Allow, Held, Public
from app.routers.route import KithRoute
from app.routers.state import State
from app.schemas.auth import DemoBody, LinkBody, PasswordBody, RefreshBody, SetupBody, StateRead, TokenRead
from app.services import auth as service
from app.services import demo_door, installation, sessions
from app.services.demo_door import Offer
from app.services.sessions import Session

router = APIRouter(prefix="/auth", tags=["auth"], route_class=KithRoute)
Anyone = Annotated[Ctx, Public]
SECRET = {"x-holds-secret": True}


def _name(held: State) -> str:
    return "__Host-kith_refresh" if _secure(held) else "kith_refresh"


def _secure(held: State) -> bool:
    """Tell whether the cookie may only travel over https: in production, unless plain http was allowed."""
    return held.settings.production and not held.settings.insecure_cookie


def _path(held: State) -> str:
    """Return where the cookie is sent; the prefix `__Host-` demands the root."""
    return "/" if _secure(held) else "/api/v1/auth"


async def same_origin(request: Request) -> None:
    """Refuse another site's page: its Origin is not ours. Callers that are not browsers send none.

    A browser that leaves Origin out still tells by Sec-Fetch-Site where the call comes from.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    foreign = urlsplit(origin).netloc != request.headers.get("host") if origin else site not in {"same-origin", "none"}
    if foreign:
        raise Forbidden("This call comes from another site.")


def _answer(held: State, response: Response, session: Session, client: str) -> dict[str, Any]:
    if client == "browser":
        response.set_cookie(
            _name(held), session.refresh_token, max_age=int(session.lasts.total_seconds()), httponly=True,
            samesite="strict", secure=_secure(held), path=_path(held),
        )  # fmt: skip
    return {
        "access_token": session.access_token,
        "token_type": "bearer",
        "expires_in": session.expires_in,
        "refresh_token": session.refresh_token if client == "mobile" else None,
    }


async def cookie(
    held: Held,
    plain: Annotated[str | None, OPAQUE, Cookie(alias="kith_refresh", include_in_schema=False)] = None,
    host: Annotated[str | None, OPAQUE, Cookie(alias="__Host-kith_refresh", include_in_schema=False)] = None,
) -> str | None:
    """Return the refresh token that the browser carries under the name that is in force."""
    return host if _name(held).startswith("__Host-") else plain


async def offer(request: Request, held: Held) -> Offer:
    """Return whom of the demo company this caller may be; what a request says of its address makes it no local one."""
    if held.settings.production:
        return Offer.NOBODY
    local = (request.scope.get("state") or {}).get("local", False)
    return Offer.EVERYBODY if local or held.settings.demo_admin else Offer.COLLEAGUES


Offered = Annotated[Offer, Depends(offer)]
Carried = Annotated[str | None, Depends(cookie)]
checked = [Depends(same_origin)]


@router.get("/state", response_model=StateRead)
async def get_auth_state(ctx: Anyone, offered: Offered) -> Any:
    """Tell the log-in page what kind of installation this is."""
    return await installation.state(ctx, offered)


@router.post("/token", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in(
    ctx: Anyone,
    held: Held,
    response: Response,
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    client: Annotated[str, Form(pattern="^(browser|mobile)$")] = "browser",
) -> Any:
    """Log in with name and password (OAuth2 password form)."""
    session = await service.log_in(ctx, held.tokens, form.username, form.password)
    return _answer(held, response, session, client)


@router.post("/refresh", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def refresh_token(
    ctx: Anyone, held: Held, response: Response, carried: Carried, body: RefreshBody | None = None
) -> Any:
    """Exchange the refresh token; a token that was used before ends the whole session."""
    mobile = body.refresh_token if body else None
    session = await sessions.refresh(
        ctx, held.tokens, held.settings.secret_key.get_secret_value(), mobile or carried or ""
    )
    return _answer(held, response, session, "mobile" if mobile else "browser")


@router.post("/logout", status_code=204, dependencies=checked)
async def log_out(
    ctx: Anyone, held: Held, response: Response, carried: Carried, body: RefreshBody | None = None
) -> None:
    """End the session."""
    await sessions.end(ctx, (body.refresh_token if body else None) or carried)
    response.delete_cookie(_name(held), path=_path(held), secure=_secure(held), httponly=True, samesite="strict")


@router.post("/password", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def change_password(ctx: Annotated[Ctx, Allow()], held: Held, response: Response, body: PasswordBody) -> Any:
    """Change your own password; your other sessions end."""
    current, new = body.current_password.get_secret_value(), body.new_password.get_secret_value()
    session = await service.change_password(ctx, held.tokens, current, new)
    held.standings.forget(ctx.actor.id)
    return _answer(held, response, session, "browser")


@router.post("/link", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in_by_link(ctx: Anyone, held: Held, response: Response, body: LinkBody) -> Any:
    """Set a password through a one-time link and sign in."""
    session = await service.log_in_by_link(ctx, held.tokens, body.token, body.new_password.get_secret_value())
    return _answer(held, response, session, "browser")


@router.post("/setup", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def set_up(ctx: Anyone, held: Held, response: Response, body: SetupBody) -> Any:
    """Create the first administrator through the link that the first start printed."""
    password = body.password.get_secret_value()
    session = await service.set_up(ctx, held.tokens, body.token, body.user_name, body.name, password)
    return _answer(held, response, session, "browser")


@router.post("/demo", response_model=TokenRead, openapi_extra=SECRET, dependencies=checked)
async def log_in_as_demo(ctx: Anyone, held: Held, response: Response, offered: Offered, body: DemoBody) -> Any:
    """Be a person of the demo company; 403 where its door is closed, or for one who is not offered to this caller."""
    session = await demo_door.enter(ctx, held.tokens, body.user_id, offered)
    return _answer(held, response, session, "browser")
