"""The nightly search for customers that stopped buying, over all customers, as the worker does it."""

from __future__ import annotations

import time

from app.core.db import Database
from app.jobs.unit import unit
from app.services import loss_detection


async def search(url: str, customers: int) -> None:
    """Run it to its end, batch by batch, and print how long it took."""
    database = Database(url)
    for name in ("first", "second"):
        after: int | None = 0
        batches: list[float] = []
        begun = time.perf_counter()
        while after is not None:
            one = time.perf_counter()
            async with unit(database, request_id="bench") as ctx:
                after = await loss_detection.detect(ctx, after)
            batches.append(time.perf_counter() - one)
        took = time.perf_counter() - begun
        print(
            f"search for churn, {name} run: {took:.2f} s, {customers / took:,.0f} customers a second, "
            f"{len(batches)} transactions, the longest {max(batches):.2f} s",
            flush=True,
        )
    await database.dispose()
