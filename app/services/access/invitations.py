"""Many people invited at once: all of them or nobody, so that the list is mended as a whole and sent once more.

The answer holds secrets and is never kept, so a repeated call cannot be answered from the store. It is told by its
people instead: who was made as the row says, by the same caller, and has not come in yet, gets a fresh link.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from sqlalchemy import func, select

from app.core.constraints import meaning
from app.core.ctx import Ctx
from app.core.errors import AppError, FieldError, Forbidden, Invalid
from app.core.lookalikes import skeleton
from app.models.access.users import NAME_ALIKE, NAME_TAKEN, User
from app.schemas.access.invitations import InvitationsWrite
from app.schemas.access.users import UserWrite
from app.services.access import users

TWICE: FieldError = {"pointer": "/user_name", "code": "repeated", "message": "This log-in name is there twice."}
SAME = ("name", "email", "mobile", "department_id", "language", "external_id")
"""What makes a person the one that a row asks for."""

Fault = tuple[int, AppError, FieldError]
"""The row, what refuses it, and at which of its fields."""


async def invite(ctx: Ctx, body: InvitationsWrite) -> dict[str, Any]:
    """Make the people and a one-time link for each.

    Raises `Invalid` (or `Forbidden`, where a right is what is missing) with every fault at /people/<row>/<field>.
    """
    there = await _there(ctx, body.people)
    again: list[User | None] = []

    async def judge(_n: int, row: UserWrite) -> None:
        again.append(await _again(ctx, row, there))

    async def make(n: int, row: UserWrite) -> None:
        same = again[n]
        user_id = same.id if same else (await users.create(ctx, row))["id"]
        found[n] |= {"id": user_id, "link": await users.link(ctx, user_id)}

    await _each(body.people, judge, _repeated(body.people))
    found = [_show(row, again=bool(again[n])) for n, row in enumerate(body.people)]
    if not body.dry_run:
        await _each(body.people, make)
    return {"dry_run": body.dry_run, "people": found}


async def _each(
    people: list[UserWrite], act: Callable[[int, UserWrite], Awaitable[None]], faults: Iterable[Fault] = ()
) -> None:
    """Do something with each row; whatever refuses any of them is told together."""
    found = [*faults]
    for n, row in enumerate(people):
        try:
            await act(n, row)
        except AppError as error:
            found += [(n, error, field) for field in _fields(error)]
    if found:
        _refuse(sorted(found, key=lambda fault: fault[0]))


async def _again(ctx: Ctx, row: UserWrite, there: dict[str, User]) -> User | None:
    """Return whom an earlier call made by the same row; raise what refuses a new one."""
    same = there.get(row.user_name.lower())
    if same and await _made_by(ctx, same, row):
        return same
    _free(row, there)
    await users.check(ctx, row)
    return None


def _show(row: UserWrite, *, again: bool) -> dict[str, Any]:
    outcome = "unchanged" if again else "created"
    return {"id": None, "user_name": row.user_name, "name": row.name, "outcome": outcome, "link": None}


async def _there(ctx: Ctx, people: list[UserWrite]) -> dict[str, User]:
    """Return who has one of these log-in names already, or one that looks like it, by name and by look."""
    names, looks = {row.user_name.lower() for row in people}, {skeleton(row.user_name) for row in people}
    statement = select(User).where(func.lower(User.user_name).in_(names) | User.skeleton.in_(looks))
    rows = list(await ctx.session.scalars(statement))
    return {f"~{row.skeleton}": row for row in rows} | {row.user_name.lower(): row for row in rows}


def _free(row: UserWrite, there: dict[str, User]) -> None:
    """Raise `Invalid` for a log-in name that is somebody's, or looks like it."""
    if row.user_name.lower() in there:
        raise Invalid(**meaning(NAME_TAKEN))
    if f"~{skeleton(row.user_name)}" in there:
        raise Invalid(**meaning(NAME_ALIKE))


async def _made_by(ctx: Ctx, user: User, row: UserWrite) -> bool:
    """Tell whether the caller made this person by the same row, and they have not come in yet."""
    if user.created_by != ctx.actor.id or user.password is not None or user.flag != "active":
        return False
    held = (await users.get_detail(ctx, user.id))["roles"]
    return set(held) == set(row.roles) and all(getattr(user, name) == getattr(row, name) for name in SAME)


def _repeated(people: list[UserWrite]) -> list[Fault]:
    """Return the faults of rows whose log-in name another one has, or looks like."""
    looks = Counter(skeleton(row.user_name) for row in people)
    return [(n, Invalid(**TWICE), TWICE) for n, row in enumerate(people) if looks[skeleton(row.user_name)] > 1]


def _fields(error: AppError) -> list[FieldError]:
    """Return what is wrong at which field of a row; what only names a right is about the roles."""
    if isinstance(error, Invalid):
        return error.errors
    where = "/department_id" if error.extra.get("code") == "outside" else "/roles"
    return [{"pointer": where, "code": error.type().rsplit("/", 1)[-1], "message": error.detail}]


def _refuse(faults: list[Fault]) -> None:
    errors: list[FieldError] = [{**field, "pointer": f"/people/{n}{field['pointer']}"} for n, _, field in faults]
    denied = next((error for _, error, _ in faults if isinstance(error, Forbidden)), None)
    if denied:
        raise Forbidden(denied.detail, errors=errors)
    raise Invalid(**errors[0], more=errors[1:])
