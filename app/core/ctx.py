"""Who is calling, when, and on which session: the first argument of every service function."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.cache import Cache
from app.core.messages import Language

V = TypeVar("V")


class Reach(StrEnum):
    """How far a right carries over rows, from narrow to wide."""

    OWN = "own"
    DEPARTMENT = "department"
    DEPARTMENT_TREE = "department_tree"
    ALL = "all"

    @property
    def width(self) -> int:
        """Return the place in the order from narrow (0) to wide (3)."""
        return list(Reach).index(self)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or key) with the rights that are in force now.

    `members` holds, for the two department reaches, the ids of the people inside.
    """

    id: int
    name: str = ""
    roles: tuple[str, ...] = ()
    rights: Mapping[str, Reach] = field(default_factory=dict)
    department_id: int | None = None
    members: Mapping[Reach, tuple[int, ...]] = field(default_factory=dict)
    is_demo: bool = False
    limited: bool = False
    """Whether the token carries less than the person may: no work may be left to others that goes by the person alone."""
    shape: Hashable = field(init=False, compare=False, repr=False)
    """What a statement's form depends on: the rights and their reach, not who holds them."""

    def __post_init__(self) -> None:
        """Derive the shape once; an actor is kept for seconds and asked many times."""
        object.__setattr__(self, "shape", frozenset(self.rights.items()))

    def limited_to(self, scopes: Collection[str]) -> "Actor":
        """Return the same person with no more than the rights named."""
        kept = {right: reach for right, reach in self.rights.items() if right in scopes}
        return replace(self, rights=kept, limited=True)

    def can(self, right: str) -> bool:
        """Tell whether the right is held at all, whatever its reach."""
        return right in self.rights

    def holds(self, right: str, reach: Reach) -> bool:
        """Tell whether the right is held, and at least so far: whoever grants it gives no more than they have."""
        own = self.rights.get(right)
        return own is not None and own.width >= reach.width


NOBODY = Actor(id=0, name="")
"""The actor of public endpoints and of the system's own work."""


@dataclass(frozen=True, slots=True)
class Ctx:
    """One unit of work: a session in its transaction, the actor, the clock and the request's id."""

    session: AsyncSession
    actor: Actor
    now: datetime
    timezone: ZoneInfo
    request_id: str = ""
    ip: str = ""
    language: Language = "en"
    teller: "Ctx | None" = None
    """Who tells of this afterwards, where it is the past (`core.past`): actor and clock are those of then."""

    async def remember(
        self, key: Hashable, load: Callable[[], Awaitable[V]], keep: Callable[[V], bool] = lambda _value: True
    ) -> V:
        """Return a value that may be a few seconds old: base data that every write looks up."""
        cache: Cache[V] = self.session.info["cache"]
        return await cache.get(key, load, keep)

    @property
    def today(self) -> date:
        """Return the company's local date: the day that periods, deadlines and numbers go by."""
        return self.now.astimezone(self.timezone).date()

    def start_of(self, day: date) -> datetime:
        """Return the moment at which a day of the company begins, in UTC."""
        return datetime.combine(day, time(), self.timezone).astimezone(UTC)


Apart = Callable[[Ctx], AbstractAsyncContextManager[Ctx]]
"""Opens a unit of work beside another, which commits at its end whatever becomes of the request's. To be left before the
request's own session is used: nobody holds one connection and waits for another."""
