"""What an application holds for all its requests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request

from app.core.cache import Cache
from app.core.db import Database
from app.core.settings import Settings
from app.core.tokens import Tokens
from app.services.access import rbac
from app.services.base import settings as installation


@dataclass
class State:
    """Its settings, its database, and what may be a few seconds old: people's standing and the installation."""

    settings: Settings
    database: Database
    tokens: Tokens
    standings: rbac.Standings = field(default_factory=Cache)
    installation: Cache[dict[str, Any]] = field(default_factory=Cache)
    language: str = "zh-CN"
    """The company's, as it was last read: what an error says when the caller names no language."""

    async def in_force(self) -> dict[str, Any]:
        """Return the settings of the installation."""

        async def load() -> dict[str, Any]:
            async with self.database.read() as reading:
                return await installation.values(reading)

        found = await self.installation.get("settings", load)
        self.language = found["company.language"]
        return found

    def committed(self, nouns: Iterable[str]) -> None:
        """Forget what a write has changed: in force at once in this process, within five seconds in the others."""
        changed = {*nouns}
        if "settings" in changed:
            self.installation.clear()
        if changed & rbac.STANDING_ON:
            self.standings.clear()


async def state(request: Request) -> State:
    """Return the application's state, as a dependency."""
    return state_of(request)


def state_of(request: Request) -> State:
    """Return the application's state; the two doors call it themselves: a dependency costs more than what it does."""
    found: State = request.app.state.kith
    return found
