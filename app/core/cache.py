"""A small cache for facts that may be a few seconds old: rights, departments, settings."""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")
MAX_AGE_S = 4.0
MAX_ENTRIES = 5000


class Cache(Generic[V]):
    """Values by key, each kept for four seconds: what changes is in force everywhere within five."""

    def __init__(self, max_age_s: float = MAX_AGE_S) -> None:
        self._max_age = max_age_s
        self._kept: dict[Hashable, tuple[float, V]] = {}
        self._forgotten = 0

    async def get(
        self, key: Hashable, load: Callable[[], Awaitable[V]], keep: Callable[[V], bool] = lambda _value: True
    ) -> V:
        """Return the kept value, or load it; `keep` tells of a loaded value whether it is kept."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept and now - kept[0] < self._max_age:
            return kept[1]
        if len(self._kept) > MAX_ENTRIES:
            self._kept.clear()
        before = self._forgotten
        value = await load()
        if keep(value) and before == self._forgotten:  # else it may be what was just changed
            self._kept[key] = (now, value)
        return value

    def clear(self) -> None:
        """Forget everything: what was just changed in this process is in force at once."""
        self._forgotten += 1
        self._kept.clear()

    def forget(self, key: Hashable) -> None:
        """Forget one value, so that the next reader loads it."""
        self._forgotten += 1
        self._kept.pop(key, None)
