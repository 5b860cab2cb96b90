"""The demo company's churn is whole: every state is there, and the first night finds nothing new."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.models.customers import Customer
from app.models.losses import OPEN, Loss, LossMeasure
from app.services import demo, loss_detection
from tests.factories.make import Make


@pytest.fixture
async def filled(make: Make) -> Make:
    await demo.fill(make.ctx)
    return make


async def test_every_state_is_there_and_fits_its_customer(filled: Make) -> None:
    statement = select(Loss, Customer.status).join(Customer, Customer.id == Loss.customer_id)
    rows = (await filled.session.execute(statement.execution_options(scoped="the test"))).all()
    states = Counter(loss.status for loss, _ in rows)
    assert all(states[state] >= 5 for state in ("warning", "delayed", "lost", "recovered"))
    assert sum(states[state] for state in OPEN) <= 60
    for loss, status in rows:
        wanted = {"warning": "warning", "delayed": "warning", "lost": "lost"}.get(loss.status, status)
        assert status == wanted
        assert loss.found_reason["days"] > 180
    measures = select(func.count()).select_from(LossMeasure).execution_options(scoped="the test")
    assert await filled.session.scalar(measures) >= states["delayed"]


async def test_the_first_night_finds_nothing_new(filled: Make) -> None:
    count = select(func.count()).select_from(Loss).execution_options(scoped="the test")
    before = await filled.session.scalar(count)
    await loss_detection.detect(filled.ctx)
    assert await filled.session.scalar(count) == before
