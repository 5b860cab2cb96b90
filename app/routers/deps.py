"""The only doors to a session: `Allow(right)` for people, `Public` for everybody else.

Both hand the endpoint a `Ctx`. GET runs on the read engine, everything else in one transaction that
commits after the handler and before the answer leaves; any raise rolls back.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

from app.core import touched
from app.core.ctx import NOBODY, Actor, Apart, Ctx
from app.core.errors import AppError, Forbidden, Unauthenticated
from app.core.messages import spoken
from app.core.money import DIGITS, digits_of
from app.core.texts import OPAQUE
from app.core.types import MAX_ID
from app.models.access.rbac import Permission
from app.routers.route import Replay
from app.routers.state import State, state, state_of
from app.services.access import rbac
from app.services.base import idempotency
from app.services.base import settings as installation

RIGHTS = {right.value: right.value for right in Permission}
bearer = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/token", auto_error=False, scopes=RIGHTS)


async def session(request: Request) -> AsyncIterator[Any]:
    """Open the session that the method asks for and end its transaction as the outcome asks for."""
    held = state_of(request)
    if request.method in ("GET", "HEAD"):
        async with held.database.read() as reading:
            yield reading
        return
    async with held.database.write() as writing:
        try:
            yield writing
        except AppError as error:
            if error.keep:
                await _commit(held, writing)
            raise
        await _commit(held, writing)


async def _commit(held: State, writing: Any) -> None:
    nouns = touched.of(writing.sync_session)
    await writing.commit()
    held.committed(nouns)
    if "dict" in nouns:
        writing.info["cache"].clear()  # the values that writes may take


async def _ctx(request: Request, held: State, opened: Any, actor: Actor) -> Ctx:
    in_force = await held.in_force()
    scope_state = request.scope.get("state") or {}
    scope_state["language"] = spoken(request.headers.get("accept-language", ""), in_force["company.language"])
    ctx = Ctx(
        session=opened,
        actor=actor,
        now=datetime.now(UTC),
        timezone=installation.timezone(in_force),
        request_id=scope_state.get("request_id", ""),
        ip=scope_state.get("ip", ""),
        language=scope_state["language"],
    )
    opened.info["ctx"] = ctx
    if request.method not in ("GET", "HEAD"):
        request.state.writing = opened
    DIGITS.set(digits_of(in_force["company.currency"]))
    return ctx


async def context(
    scopes: SecurityScopes,
    request: Request,
    opened: Annotated[Any, Depends(session, scope="function")],
    token: Annotated[str | None, Depends(bearer)],
    idempotency_key: Annotated[str | None, OPAQUE, Header(max_length=200)] = None,
) -> Ctx:
    """Turn a bearer token into a `Ctx`, after checking its roles against the right of the endpoint."""
    if not token:
        raise Unauthenticated(headers={"WWW-Authenticate": "Bearer"})
    held = state_of(request)
    claims = held.tokens.read(token)

    async def load() -> rbac.Standing | None:
        async with held.database.read() as reading:
            return await rbac.standing(reading, claims.user_id)

    found = await held.standings.get(claims.user_id, load)
    if found and not found.admits(claims):
        held.standings.forget(claims.user_id)
        found = await held.standings.get(claims.user_id, load)
    if not found or not found.admits(claims):
        raise Unauthenticated
    actor = found.actor if claims.scopes is None else found.actor.limited_to(claims.scopes)
    if actor.limited and not scopes.scopes:
        raise Forbidden("This session is limited to its scopes; what needs none of them is not among these.")
    for right in scopes.scopes:
        if not actor.can(right):
            raise Forbidden(right=right)
    ctx = await _ctx(request, held, opened, actor)
    if request.method == "GET" and (await held.in_force())["log.views"] == "on":
        request.state.viewer = (held.database, ctx)
    if request.method == "POST" and idempotency_key and not getattr(request.scope["route"], "holds_secret", False):
        await _claim(request, ctx, idempotency_key)
    return ctx


async def _claim(request: Request, ctx: Ctx, key: str) -> None:
    mine = idempotency.Claim(ctx.actor.id, request.method, request.url.path, key)
    kept = await idempotency.claim(ctx, mine, hashlib.sha256(await request.body()).hexdigest())
    if kept:
        raise Replay(kept.status, kept.headers, kept.body)
    request.state.claim = (ctx, mine)


async def anybody(
    request: Request,
    opened: Annotated[Any, Depends(session, scope="function")],
) -> Ctx:
    """Return a `Ctx` without an actor."""
    return await _ctx(request, state_of(request), opened, NOBODY)


def apart(held: State) -> Apart:
    """Return how to open a unit of work beside the request's."""

    @asynccontextmanager
    async def opened(ctx: Ctx) -> AsyncIterator[Ctx]:
        async with held.database.write() as own:
            unit = own.info["ctx"] = replace(ctx, session=own)
            yield unit
            await own.commit()

    return opened


def Allow(*rights: Permission) -> Any:  # noqa: N802  reads as a type in signatures
    """Let in who is signed in and holds every right named (none named: everyone who is signed in)."""
    return Security(context, scopes=[right.value for right in rights])


Public = Depends(anybody)


Held = Annotated[State, Depends(state)]
Id = Annotated[int, Path(ge=1, le=MAX_ID)]
