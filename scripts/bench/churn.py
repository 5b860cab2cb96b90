"""The nightly search for customers that stopped buying, over all customers, as the worker does it."""

from __future__ import annotations

import asyncio
import time

from app.core.db import Database
from app.jobs.unit import unit
from app.services.care import loss_detection


async def search(url: str, customers: int) -> None:
    """Run it to its end, and print how long it took."""
    database = Database(url)
    for name in ("first", "second"):
        begun = time.perf_counter()
        async with unit(database, request_id="bench") as ctx:
            lanes = await loss_detection.lanes(ctx)
        batches = [one for lane in await asyncio.gather(*(_through(database, lane) for lane in lanes)) for one in lane]
        took = time.perf_counter() - begun
        print(
            f"search for churn, {name} run: {took:.2f} s, {customers / took:,.0f} customers a second, "
            f"{len(batches)} transactions, the longest {max(batches):.2f} s",
            flush=True,
        )
    await database.dispose()


async def _through(database: Database, lane: loss_detection.Lane) -> list[float]:
    """Go through a lane batch by batch; return how long each took."""
    after: int | None = lane.after
    batches = []
    while after is not None:
        begun = time.perf_counter()
        async with unit(database, request_id="bench") as ctx:
            after = await loss_detection.detect(ctx, after, upto=lane.upto)
        batches.append(time.perf_counter() - begun)
    return batches
