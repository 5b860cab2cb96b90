"""Every error as `application/problem+json`: domain errors, refused bodies, constraints, a database away."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.core import messages
from app.core.constraints import broken
from app.core.errors import AppError, Conflict, FieldError, Invalid, StaleVersion, Unavailable
from app.core.headers import STALE
from app.core.messages import of_pydantic, told
from app.core.touched import nouns_of_tables
from app.routers import PREFIX
from app.routers.route import SAFE

log = structlog.get_logger("kith.errors")
MEDIA = "application/problem+json"
OUT_OF_DATE = {404, 409, 410, 412}
"""What refuses a write to a record that is otherwise than its reader believes."""
RETRY = {"40P01", "40001", "25P03"}
LOCK_TAKEN = "55P03"
HTTP_KINDS = {
    400: ("bad-request", "The request cannot be read."),
    404: ("not-found", "There is nothing at this address."),
    405: ("method-not-allowed", "This address does not take that method."),
    413: ("payload-too-large", "The body is too large; split it."),
}


class ProblemField(BaseModel):
    """One refused field."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """RFC 9457: what went wrong. Kinds of problem add members of their own."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[ProblemField] | None = None


def problem(request: Request, status: int, kind: str, title: str, detail: str, **more: Any) -> Response:
    """Render one problem."""
    state = request.scope.get("state") or {}
    language: messages.Language = state.get("language", "en")
    request_id = state.get("request_id", "")
    headers: Mapping[str, str] = more.pop("headers", {})
    if "errors" in more:
        more["errors"] = [one | {"message": told(one["message"], language)} for one in more["errors"]]
    words = {"title": told(title, language), "detail": told(detail, language)}
    body = {"type": kind, **words, "status": status, "request_id": request_id, **more}
    headers = {**headers, **_out_of_date(request, status), "Content-Language": language}
    return Response(to_json(body), status, dict(headers), MEDIA)


def _out_of_date(request: Request, status: int) -> dict[str, str]:
    """Name the noun of a write that was refused because what the caller saw is no longer so."""
    route = request.scope.get("route")
    if route is None or status not in OUT_OF_DATE or request.method in SAFE:
        return {}
    address = request.url.path.removeprefix(PREFIX).split("/")[1]
    words = (request.path_params.get("noun"), address.replace("-", "_"), address.split("-")[0], *route.tags)
    known = nouns_of_tables().values()
    return next(({STALE: f'"{word}"'} for word in words if word in known), {})


def render(request: Request, error: AppError) -> Response:
    """Render a domain error."""
    return problem(
        request, error.status, error.type(), error.title(), error.detail, headers=error.headers, **error.extra
    )


def pointer(location: Sequence[int | str]) -> str:
    """Turn FastAPI's location into a JSON pointer into the body (or the name of the parameter)."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in location[1:])
    # A name that the caller made up may hold half a character, which no JSON can carry back.
    return "".join(f"/{part}" for part in parts).encode(errors="replace").decode()


def refused(error: RequestValidationError) -> Invalid:
    """Turn the refusals of a request's values into one `Invalid`."""
    fields: list[FieldError] = [
        {"pointer": pointer(e["loc"]), "code": e["type"], "message": of_pydantic(e)} for e in error.errors()
    ]
    first = fields[0]
    return Invalid(first["pointer"], first["code"], first["message"], more=fields[1:])


def from_database(error: StatementError) -> AppError | None:
    """Turn a database's refusal into a domain error; None for what is our own fault."""
    state = str(getattr(error.orig, "sqlstate", "") or "")
    away = isinstance(error, DBAPIError) and error.connection_invalidated
    if away or isinstance(error.orig, OSError) or state.startswith(("08", "57", "53")) or state in RETRY:
        return Unavailable()
    if state.startswith("23"):
        return broken(error)
    if state == LOCK_TAKEN:
        return Conflict("Somebody else is changing this right now; try again.", headers={"Retry-After": "1"})
    # A value that the driver cannot even send (past int8, before the year 1) is a ValueError of its own.
    unfit = state.startswith("22") or isinstance(getattr(error.orig, "__cause__", None) or error.orig, ValueError)
    return Invalid("", "bad_value", "A value does not fit.") if unfit else None


def install(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(AppError)
    async def _domain(request: Request, error: AppError) -> Response:
        return render(request, error)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> Response:
        return render(request, refused(error))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        kind, title = HTTP_KINDS.get(error.status_code, ("http", str(error.detail)))
        headers = dict(error.headers or {})
        return problem(request, error.status_code, f"/problems/{kind}", title, title, headers=headers)

    @app.exception_handler(StaleDataError)
    async def _stale(request: Request, _error: StaleDataError) -> Response:
        return render(request, StaleVersion())

    @app.exception_handler(PoolTimeout)
    @app.exception_handler(OSError)
    async def _away(request: Request, error: Exception) -> Response:
        log.warning("database_away", error=repr(error))
        return render(request, Unavailable())

    @app.exception_handler(StatementError)
    async def _database(request: Request, error: StatementError) -> Response:
        meant = from_database(error)
        if meant is None:
            return unexpected(request, error)
        log.info("database_refused", error=str(error.orig), type=meant.type())
        return render(request, meant)


def unexpected(request: Request, error: Exception) -> Response:
    """Log what nobody foresaw and answer 500; the request id joins the two."""
    log.error("unexpected", exc_info=error)
    words = "Something went wrong on our side; the request id names it in the log."
    return problem(request, 500, "/problems/internal", "Internal error", words)
