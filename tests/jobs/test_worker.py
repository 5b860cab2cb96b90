"""Jobs leave with the request's transaction, are done once when all goes well, and again when it does not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta

import asyncpg
import pytest
import pytest_asyncio
from pgqueuer.db import AsyncpgDriver
from sqlalchemy import func, select, text

from app.core.ctx import Ctx
from app.core.db import Database
from app.core.jobs import enqueue
from app.jobs import worker
from app.jobs.registry import Payload, registry
from app.jobs.unit import unit
from app.models.base.audit import LogEntry
from app.models.base.changes import Change
from app.models.base.idempotency import IdempotentAnswer
from app.models.care.losses import Loss
from app.services.base import changes, housekeeping
from app.services.care import loss_detection
from tests.factories.make import Make
from tests.factories.team import build_team

WAITING = text("select count(*) from pgqueuer")


@pytest.fixture
def seen() -> list[tuple[Payload, str]]:
    return []


@pytest.fixture
def probe(seen: list[tuple[Payload, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Register a job that notes how it was called, and fails as often as its payload says."""

    async def note(ctx: Ctx, payload: Payload) -> None:
        seen.append((payload, ctx.request_id))
        if len(seen) <= int(str(payload.get("failures", 0))):
            raise RuntimeError("not yet")

    monkeypatch.setitem(registry.handlers, "probe", note)


@pytest_asyncio.fixture(loop_scope="session")
async def working(committed: Database, owned: Database, probe: None) -> AsyncIterator[None]:
    """Run a worker on the database meanwhile."""
    del probe
    address = committed.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address, ssl=False)
    queue = worker.assemble(AsyncpgDriver(connection), committed, owned)
    task = asyncio.create_task(queue.run(dequeue_timeout=worker.POLL))
    yield
    queue.shutdown.set()
    await task
    await connection.close()


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(15):
        while not await condition():  # noqa: ASYNC110  what is awaited is in another process's hands
            await asyncio.sleep(0.02)


async def waiting(database: Database) -> int:
    async with database.read() as session:
        return int(await session.scalar(WAITING) or 0)


class TestEnqueue:
    async def test_a_rollback_takes_the_job_back_even_as_the_first_statement(self, committed: Database) -> None:
        async def refused() -> None:
            async with unit(committed) as ctx:
                await enqueue(ctx, "probe")
                raise KeyError

        with pytest.raises(KeyError):
            await refused()
        assert await waiting(committed) == 0

    async def test_a_key_keeps_twins_out(self, committed: Database) -> None:
        async with unit(committed) as ctx:
            await enqueue(ctx, "probe", only_once_as="daily")
            await enqueue(ctx, "probe", only_once_as="daily")
            await enqueue(ctx, "probe")
        assert await waiting(committed) == 2


@pytest.mark.usefixtures("working")
class TestWorker:
    async def test_it_does_what_was_enqueued_as_the_same_request(
        self, committed: Database, seen: list[tuple[Payload, str]]
    ) -> None:
        async with unit(committed, request_id="request-1") as ctx:
            await enqueue(ctx, "probe", {"customer_id": 7})

        async def done() -> bool:
            return await waiting(committed) == 0

        await until(done)
        assert seen == [({"customer_id": 7}, "request-1")]

    async def test_a_failed_job_is_tried_again(self, committed: Database, seen: list[tuple[Payload, str]]) -> None:
        async with unit(committed) as ctx:
            await enqueue(ctx, "probe", {"failures": 1})

        async def done() -> bool:
            return await waiting(committed) == 0

        await until(done)
        assert len(seen) == 2


@pytest.mark.usefixtures("working")
class TestChurn:
    async def test_a_run_warns_of_every_silent_customer_once_in_every_lane(
        self, committed: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with committed.write() as session:
            make = Make(session)
            team = await build_team(make)
            long_ago = make.today - timedelta(days=400)
            wanted = [(await make.customer(team.manager, last_order_date=long_ago)).id for _ in range(7)]
            await make.customer(team.manager)
            await session.commit()
        begun: list[tuple[int, int | None]] = []
        detect = loss_detection.detect

        async def two_at_a_time(ctx: Ctx, after: int, *, upto: int | None) -> int | None:
            begun.append((after, upto))
            return await detect(ctx, after, 2, upto)

        monkeypatch.setattr(loss_detection, "detect", two_at_a_time)
        async with unit(committed) as ctx:
            await loss_detection.ask(ctx)

        async def done() -> bool:
            return await waiting(committed) == 0

        await until(done)
        async with committed.read() as session:
            found = await session.scalars(select(Loss.customer_id), execution_options={"scoped": "the test"})
            assert sorted(found) == wanted
        ends = sorted(upto for upto in {upto for _, upto in begun} if upto)
        assert len(ends) == loss_detection.LANES - 1
        assert wanted[0] < ends[0] < ends[-1] < wanted[-1]


class TestHousekeeping:
    async def test_old_answers_go_and_fresh_ones_stay(self, committed: Database) -> None:
        async with unit(committed) as ctx:
            for key, age in (("old", housekeeping.REPLAY * 2), ("fresh", housekeeping.REPLAY / 2)):
                ctx.session.add(
                    IdempotentAnswer(
                        actor_id=1, method="POST", path="/", key=key, body_hash="", created_at=ctx.now - age
                    )
                )
            await ctx.session.flush()
            await housekeeping.purge(ctx)
            await housekeeping.purge(ctx)
            kept = list(await ctx.session.scalars(select(IdempotentAnswer.key)))
        assert kept == ["fresh"]

    async def test_changes_are_kept_longer_than_cursors_are_good_for(self, committed: Database) -> None:
        async with unit(committed) as ctx:
            for row_id, age in ((1, changes.KEPT + timedelta(days=2)), (2, changes.KEPT + timedelta(hours=1))):
                ctx.session.add(Change(entity="products", entity_id=row_id, at=ctx.now - age))
            await ctx.session.flush()
            await housekeeping.purge(ctx)
            kept = list(await ctx.session.scalars(select(Change.entity_id).where(Change.entity == "products")))
        assert kept == [2]

    async def test_the_log_gets_its_next_months_and_rows_find_them(self, owned: Database) -> None:
        async with unit(owned) as ctx:
            await housekeeping.extend_log(ctx)
            await housekeeping.extend_log(ctx)
            names = await ctx.session.scalars(
                text("select relname from pg_class where relname ~ '^sys_log_[0-9_]+$' and relkind = 'r' order by 1")
            )
            count = await ctx.session.scalar(select(func.count()).select_from(LogEntry))
        assert len(list(names)) == housekeeping.MONTHS_AHEAD
        assert count is not None

    @pytest.mark.parametrize(
        ("day", "first"),
        [
            (date(2026, 1, 31), date(2026, 2, 1)),
            (date(2026, 12, 1), date(2027, 1, 1)),
            (date(2028, 2, 29), date(2028, 3, 1)),
        ],
    )
    def test_the_next_month_begins_on_its_first(self, day: date, first: date) -> None:
        assert housekeeping._next(day) == first  # noqa: SLF001


class TestRegistry:
    def test_every_schedule_has_a_name_of_its_own(self) -> None:
        names = [schedule.name for schedule in registry.schedules]
        assert len(names) == len(set(names)) >= 2
        assert {"losses.nightly", "periodic.drafts"} <= set(names)
