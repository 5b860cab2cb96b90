"""Questions that wait together are answered once; nobody gets what was computed before they asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.core.shared import Shared


class Work:
    """Something slow that tells how often it was done, and goes on when it is told to."""

    def __init__(self) -> None:
        self.begun = 0
        self.gates: list[asyncio.Event] = []

    async def __call__(self) -> int:
        self.begun += 1
        number = self.begun
        gate = asyncio.Event()
        self.gates.append(gate)
        await gate.wait()
        return number


@asynccontextmanager
async def at_once() -> AsyncIterator[None]:
    yield


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_who_comes_while_one_is_computed_shares_the_next() -> None:
    shared, work = Shared[int](at_once), Work()
    first = asyncio.create_task(shared.get("a", work))
    await settle()
    others = [asyncio.create_task(shared.get("a", work)) for _ in range(5)]
    await settle()
    assert work.begun == 1
    work.gates[0].set()
    await settle()
    work.gates[1].set()
    assert await first == 1
    assert await asyncio.gather(*others) == [2] * 5


async def test_different_questions_do_not_wait_for_each_other() -> None:
    shared, work = Shared[int](at_once), Work()
    tasks = [asyncio.create_task(shared.get(key, work)) for key in "ab"]
    await settle()
    assert work.begun == 2
    for gate in work.gates:
        gate.set()
    assert sorted(await asyncio.gather(*tasks)) == [1, 2]


async def test_an_error_is_told_to_all_who_joined_and_kept_for_nobody_else() -> None:
    shared, work = Shared[int](at_once), Work()

    async def fail() -> int:
        raise ValueError

    first = asyncio.create_task(shared.get("a", work))
    await settle()
    others = [asyncio.create_task(shared.get("a", fail)) for _ in range(2)]
    await settle()
    work.gates[0].set()
    assert [type(each) for each in await asyncio.gather(first, *others, return_exceptions=True)] == [
        int, ValueError, ValueError,
    ]  # fmt: skip
    again = asyncio.create_task(shared.get("a", work))
    await settle()
    work.gates[1].set()
    assert await again == 2


@pytest.mark.parametrize("begun", [False, True])
async def test_when_the_asker_goes_away_another_takes_over(*, begun: bool) -> None:
    shared, work = Shared[int](at_once), Work()
    first = asyncio.create_task(shared.get("a", work))
    await settle()
    second = asyncio.create_task(shared.get("a", work))
    await settle()
    third = asyncio.create_task(shared.get("a", work))
    await settle()
    if begun:
        work.gates[0].set()
        await settle()
    second.cancel()
    await settle()
    for gate in work.gates:
        gate.set()
    await settle()
    work.gates[-1].set()
    assert await third == work.begun
    assert await first == 1
    with pytest.raises(asyncio.CancelledError):
        await second
