"""One computation for everybody who asks the same while it still waits to begin.

Whoever joins gets figures that are read after they asked, so that nobody is told anything old.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class Shared(Generic[T]):
    """Answers by key: at most one is being computed and one waits, however many ask."""

    def __init__(self, turn: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        self._turn = turn
        self._waiting: dict[Hashable, asyncio.Future[T]] = {}
        self._computing: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: Hashable, compute: Callable[[], Awaitable[T]]) -> T:
        """Return the answer that is about to be computed, else compute it when its turn comes.

        What the computation raises is raised for all who joined; when its asker goes away, one of them takes over.
        """
        while key in self._waiting:
            joined = self._waiting[key]
            await asyncio.wait([joined])
            if not joined.cancelled():
                return joined.result()
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting[key] = mine
        try:
            async with self._computing.setdefault(key, asyncio.Lock()), self._turn():
                del self._waiting[key]
                mine.set_result(await compute())
        except Exception as error:  # noqa: BLE001  whatever it is, all who joined are told
            mine.set_exception(error)
        finally:
            if self._waiting.get(key) is mine:
                del self._waiting[key]
            mine.cancel()  # does nothing once there is a result
        return mine.result()
