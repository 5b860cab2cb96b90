"""Whether the database answers: one probe a second, so that nobody waits for a server that is known to be away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from app.core.errors import Unavailable

log = structlog.get_logger("kith.presence")
EVERY_S = 1.0
PATIENCE_S = 0.5
TRIES = 2
"""Two of half a second each: the first may have met a process that was itself held up. With the second before, the
database is away two seconds after its last answer."""


class Probe(Protocol):
    """The connection that is asked: asyncpg's, or one of a test."""

    async def execute(self, query: str) -> str:
        """Run a statement."""

    def terminate(self) -> None:
        """Close without a word to the server."""


class Presence:
    """Probes a database, and refuses at once whoever asks for it while it is away."""

    def __init__(self) -> None:
        self.away = False
        self._probe: Probe | None = None
        self._error = ""

    def require(self) -> None:
        """Raise `Unavailable` while the database is away."""
        if self.away:
            raise Unavailable

    async def watch(self, connect: Callable[[], Awaitable[Probe]]) -> None:
        """Probe until cancelled; `connect` opens the connection that is asked."""
        try:
            while True:
                self._tell(answers=await self._answers(connect))
                await asyncio.sleep(EVERY_S)
        finally:
            self._hang_up()

    async def _answers(self, connect: Callable[[], Awaitable[Probe]]) -> bool:
        for _ in range(TRIES):
            # A refused connection is over in no time: it has its half second all the same, so that a server which
            # starts again at once is not told to be away.
            pause = asyncio.get_running_loop().time() + PATIENCE_S
            try:
                async with asyncio.timeout(PATIENCE_S):
                    self._probe = self._probe or await connect()
                    await self._probe.execute("select 1")
                    return True
            except Exception as error:  # noqa: BLE001  a probe that ended would leave the database away for ever
                self._error = repr(error)
            self._hang_up()
            await asyncio.sleep(max(0.0, pause - asyncio.get_running_loop().time()))
        return False

    def _hang_up(self) -> None:
        if self._probe:
            self._probe.terminate()
        self._probe = None

    def _tell(self, *, answers: bool) -> None:
        if answers is self.away:
            log.warning("database_back") if answers else log.warning("database_away", error=self._error)
        self.away = not answers
