"""What a process keeps for one database: declared in a module, made for each database that is served, held with its sessions.

In the module itself it would be one for all of them, and who asks one would be answered with what is known of another.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")
Kept = dict["Own[Any]", Any]
"""What there is of a database."""


class Own(Generic[T]):
    """Something that each database has for itself, made when it is first asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    def of(self, session: AsyncSession) -> T:
        """Return that of the session's database."""
        held: Kept = session.info["own"]
        if self not in held:
            held[self] = self._make()
        found: T = held[self]
        return found
