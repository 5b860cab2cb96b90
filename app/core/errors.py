"""What can go wrong, as classes: status, a stable type, and the docstring as title.

    AppError
    ├── Unauthenticated 401     ├── Conflict 409                ├── PreconditionRequired 428
    ├── Forbidden 403           │   └── IllegalTransition       ├── TooMany 429
    ├── NotFound 404            ├── Gone 410                    └── Unavailable 503
    └── Invalid 422             ├── StaleVersion 412
                                └── UnsupportedMediaType 415

`api.errors` turns them into `application/problem+json`; nobody else knows about HTTP.
"""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, TypedDict


class FieldError(TypedDict):
    """One refused field: a JSON pointer into the body, a stable code and words for a person."""

    pointer: str
    code: str
    message: str


class AppError(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    keep: ClassVar[bool] = False
    """True: what was flushed before the raise is committed (failed log-ins, reuse of a token)."""

    def __init__(self, detail: str = "", *, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.headers = headers or {}
        self.extra = extra

    @classmethod
    def type(cls) -> str:
        """Return the stable URI of this kind of problem, e.g. `/problems/stale-version`."""
        return "/problems/" + re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        """Return the docstring's first line."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0]


class Unauthenticated(AppError):
    """You are not signed in, or your session has ended."""

    status = 401


class Forbidden(AppError):
    """You do not have the right to do this."""

    status = 403


class NotFound(AppError):
    """There is no such record, or it is outside your data scope."""

    status = 404


class Conflict(AppError):
    """The present state of the data does not allow this."""

    status = 409


class IllegalTransition(Conflict):
    """The record's state does not allow this step."""


class Gone(AppError):
    """What this names is no more; begin anew."""

    status = 410


class StaleVersion(AppError):
    """The record was changed meanwhile."""

    status = 412


class UnsupportedMediaType(AppError):
    """The body is of a kind that this address does not read."""

    status = 415


class PreconditionRequired(AppError):
    """Say which version you are changing: send If-Match."""

    status = 428


class Invalid(AppError):
    """Some of the values sent cannot be used."""

    status = 422

    def __init__(self, pointer: str, code: str, message: str, *, more: Iterable[FieldError] = (), **extra: Any) -> None:
        first: FieldError = {"pointer": pointer, "code": code, "message": message}
        self.errors = [first, *more]
        super().__init__(message, errors=self.errors, **extra)


class TooMany(AppError):
    """Too many requests or attempts; wait a while."""

    status = 429


class Unavailable(AppError):
    """The service cannot answer right now; try again shortly."""

    status = 503

    def __init__(self, detail: str = "", **extra: Any) -> None:
        super().__init__(detail, headers={"Retry-After": "2"}, **extra)
