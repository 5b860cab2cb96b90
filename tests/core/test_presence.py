"""Whether the database answers: whatever goes wrong with one probe, the next one comes."""

import asyncio
from collections.abc import Callable

import pytest

from app.core import presence
from app.core.errors import Unavailable
from app.core.presence import Presence


class Line:
    """A connection that answers."""

    async def execute(self, query: str) -> str:
        return query

    def terminate(self) -> None:
        """Nothing is open."""


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  a probe tells nobody that it has been
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("error", [OSError("refused"), EOFError("cut off"), ValueError("a word that no driver knows")])
async def test_an_unforeseen_error_of_a_probe_is_not_its_last(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "EVERY_S", 0.01)
    monkeypatch.setattr(presence, "PATIENCE_S", 0.01)
    found, broken = Presence(), True

    async def connect() -> Line:
        if broken:
            raise error
        return Line()

    watching = asyncio.create_task(found.watch(connect))
    await until(lambda: found.away)
    with pytest.raises(Unavailable):
        found.require()
    broken = False
    await until(lambda: not found.away)
    found.require()
    watching.cancel()
