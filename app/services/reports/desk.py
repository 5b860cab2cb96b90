"""How many analyses are computed at once for a database, and that the same question is answered once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.core.errors import Unavailable
from app.core.own import Own
from app.core.shared import Shared

PLACES = 3
"""Analyses that a process computes at once: half of its connections stay free for everything else."""
LONGEST_WAIT_S = 10.0


class Desk:
    """The places of one database, and the answers that are waited for at them."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(PLACES)
        self.answers: Shared[bytes] = Shared(self.turn)
        """As they are sent."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a free place, without holding a connection; raise `Unavailable` (503) when none gets free."""
        try:
            await asyncio.wait_for(self._places.acquire(), LONGEST_WAIT_S)
        except TimeoutError:
            detail = "Many analyses are being computed; ask again in a moment."
            raise Unavailable(detail) from None
        try:
            yield
        finally:
            self._places.release()


DESK = Own(Desk)
