"""Who may do what: a person's rights with their reach, resolved from roles; roles and rights to read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Text

from app.core import nouns
from app.core.cache import Cache
from app.core.ctx import Actor, Ctx, Reach
from app.core.errors import NotFound
from app.core.steps import Block, Step, Steps
from app.core.tokens import Claims
from app.core.ways import By
from app.models.access.auth import RefreshToken
from app.models.access.rbac import BUILT_IN, COMPANY_RIGHTS, Permission, Right, Role, RoleRight
from app.models.access.users import User, UserRole
from app.models.base.audit import LogEntry
from app.services.access.departments_below import below
from app.services.access.people import outside_demo

SET_RIGHTS = "set_rights"
"""What the log calls another list of rights: `{"rights": [before, after]}`."""


class Holding(NamedTuple):
    """What decides what may be done with a role."""

    built_in: bool
    people_count: int


WRITES = (By(Permission.rbac_write),)
COMES_WITH_KITH = Block(
    lambda _, role: role.built_in, "This role comes with Kith and stays; it can be disabled.",
    lambda _: {"code": "built_in"},
)  # fmt: skip
HELD = Block(
    lambda _, role: role.people_count > 0, "{count} people hold this role; give them another one first.",
    lambda role: {"code": "held", "count": role.people_count},
)  # fmt: skip
STEPS = Steps(
    {name: Step(None, None, WRITES) for name in ("update", SET_RIGHTS, "copy")}
    | {"delete": Step(None, None, WRITES, blocks=(COMES_WITH_KITH, HELD))}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person as the rights see them now: may they come in, and with which token version."""

    actor: Actor
    active: bool
    token_version: int
    sessions: frozenset[str] = frozenset()
    """Those that have not ended."""

    def admits(self, claims: Claims) -> bool:
        """Tell whether an access token still says how things are."""
        told = (claims.version, claims.roles) == (self.token_version, self.actor.roles)
        return self.active and told and (not claims.session or claims.session in self.sessions)


Standings = Cache[Standing | None]
STANDING_ON = frozenset({"users", "rbac", "departments"})
"""The nouns that a standing is read from."""


_LIVE = (
    select(func.coalesce(func.array_agg(RefreshToken.family, type_=ARRAY(Text)), []))
    .where(
        RefreshToken.user_id == User.id, RefreshToken.used_at.is_(None), RefreshToken.revoked_at.is_(None),
        RefreshToken.expires_at > func.now(),
    )
    .correlate(User)
    .scalar_subquery()
)  # fmt: skip
"""A session has one token that was not used yet."""


async def standing(session: AsyncSession, user_id: int) -> Standing | None:
    """Load a person's rights, each with the widest reach among the roles that hold it, and who is in reach.

    Beside others, the people of the demo company hold no right over what everybody stands on.
    """
    user = (
        await session.execute(
            select(
                User.name,
                User.flag,
                User.token_version,
                User.department_id,
                User.is_demo,
                and_(User.is_demo, outside_demo()).label("is_guest"),
                _LIVE.label("sessions"),
            ).where(User.id == user_id)
        )
    ).one_or_none()
    if user is None:
        return None
    rows = await session.execute(
        select(Role.code, Role.data_scope, RoleRight.right_code)
        .join(UserRole, UserRole.role_id == Role.id)
        .outerjoin(RoleRight, RoleRight.role_id == Role.id)
        .where(UserRole.user_id == user_id, Role.flag != "disabled")
    )
    withheld = COMPANY_RIGHTS if user.is_guest else ()
    rights: dict[str, Reach] = {}
    roles: set[str] = set()
    for code, data_scope, right in rows:
        roles.add(code)
        reach = Reach(data_scope)
        if right and right not in withheld and (right not in rights or rights[right].width < reach.width):
            rights[right] = reach
    members: dict[Reach, tuple[int, ...]] = {}
    for reach in {Reach.DEPARTMENT, Reach.DEPARTMENT_TREE} & set(rights.values()):
        members[reach] = await _members(session, user_id, user.department_id, tree=reach is Reach.DEPARTMENT_TREE)
    actor = Actor(user_id, user.name, tuple(sorted(roles)), rights, user.department_id, members, user.is_demo)
    return Standing(actor, user.flag == "active", user.token_version, frozenset(user.sessions))


async def _members(session: AsyncSession, user_id: int, department_id: int | None, *, tree: bool) -> tuple[int, ...]:
    """Return the people of a department (with `tree`, of all below it too), disabled ones included."""
    if department_id is None:
        return (user_id,)
    inside = below(department_id) if tree else [department_id]
    people = await session.scalars(select(User.id).where(User.department_id.in_(inside)).order_by(User.id))
    return tuple({*people, user_id})


async def explained(ctx: Ctx, user_id: int) -> list[dict[str, Any]]:
    """Return each right of a person with its widest reach and the roles that give it; raise `NotFound`."""
    if await ctx.session.get(User, user_id) is None:
        raise NotFound
    statement = (
        select(RoleRight.right_code, Role.id, Role.code, Role.name, Role.data_scope)
        .join(Role, Role.id == RoleRight.role_id)
        .join(UserRole, UserRole.role_id == Role.id)
        .where(UserRole.user_id == user_id, Role.flag != "disabled")
        .order_by(RoleRight.right_code, Role.id)
    )
    found = []
    for right, held in groupby(await ctx.session.execute(statement), key=lambda row: row.right_code):
        by = list(held)
        found.append({"right": right, "scope": max((Reach(row.data_scope) for row in by), key=_width), "roles": by})
    return found


def _width(reach: Reach) -> int:
    return reach.width


async def rights(ctx: Ctx) -> list[dict[str, Any]]:
    """Return every right below its module, in the order of the menu, with the fields that it opens."""
    groups = [noun.guarded for noun in nouns.known().values() if noun.guarded]
    guarded = {group.right: list(group.fields) for group in groups}
    rows = await ctx.session.scalars(select(Right).order_by(Right.sort, Right.code))
    return [
        {name: getattr(row, name) for name in ("code", "parent_code", "type", "text", "tip", "tip_en")}
        | {"text_en": row.text_en or row.code, "fields": guarded.get(row.code, [])}
        for row in rows
    ]


def _rows() -> Select[Any]:
    in_order: Any = aggregate_order_by(RoleRight.right_code, RoleRight.right_code.asc())
    held = (
        select(func.array_agg(in_order, type_=ARRAY(Text)))
        .where(RoleRight.role_id == Role.id)
        .correlate(Role)
        .scalar_subquery()
    )
    people = select(func.count()).where(UserRole.role_id == Role.id).correlate(Role).scalar_subquery()
    return select(
        Role.id, Role.version, Role.code, Role.name, Role.description, Role.flag, Role.data_scope,
        Role.code.in_(BUILT_IN).label("built_in"), func.coalesce(held, []).label("rights"),
        people.label("people_count"),
    ).order_by(Role.id)  # fmt: skip


async def roles(ctx: Ctx) -> list[Any]:
    """Return the roles with their rights and the number of people in each."""
    return [_with_steps(ctx, row) for row in await ctx.session.execute(_rows())]


async def get_detail(ctx: Ctx, role_id: int) -> dict[str, Any]:
    """Return one role, a built-in one with the rights that Kith gave it; raise `NotFound`."""
    row = (await ctx.session.execute(_rows().where(Role.id == role_id))).one_or_none()
    if row is None:
        raise NotFound
    given = await _given(ctx, role_id, row.rights) if row.built_in else None
    return _with_steps(ctx, row) | {"default_rights": given}


def _with_steps(ctx: Ctx, row: Any) -> dict[str, Any]:
    facts: dict[str, Any] = row._asdict()
    return facts | {"allowed_actions": STEPS.allowed(ctx, Holding(row.built_in, row.people_count))}


async def _given(ctx: Ctx, role_id: int, present: Sequence[str]) -> list[str]:
    """Return the rights that a role has by installation and upgrades alone, whatever was edited since.

    The log tells each edit from what to what: what else changed between two edits, an upgrade did.
    """
    edits = select(LogEntry.changes["rights"]).where(
        LogEntry.entity == Role.__audit__, LogEntry.entity_id == role_id, LogEntry.action == SET_RIGHTS
    )
    given, left = set[str](), set[str]()
    for before, after in _steps(await ctx.session.scalars(edits.order_by(LogEntry.id)), present):
        given = (given | (before - left)) - (left - before)
        left = after
    return sorted(given)


def _steps(edits: Iterable[Any], present: Sequence[str]) -> list[tuple[set[str], set[str]]]:
    return [*((set(before), set(after)) for before, after in edits), (set(present), set[str]())]
