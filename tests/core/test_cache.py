"""What is kept for a few seconds is never older than the last change that this process knows of."""

import asyncio

from app.core.cache import Cache


async def test_what_was_read_before_a_change_is_not_kept() -> None:
    kept: Cache[str] = Cache()
    gate = asyncio.Event()

    async def slow() -> str:
        await gate.wait()
        return "before"

    async def now() -> str:
        return "after"

    reading = asyncio.create_task(kept.get("key", slow))
    await asyncio.sleep(0)
    kept.clear()
    gate.set()
    assert await reading == "before"
    assert await kept.get("key", now) == "after"
