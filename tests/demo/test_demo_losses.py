"""The demo company's churn is whole: every state is there, and the first night finds nothing new."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.demo.company import fill as demo
from app.models.care.losses import OPEN, Loss
from app.services.care import loss_detection
from tests.factories.demo_company import demo_company
from tests.factories.make import Make

pytestmark = pytest.mark.xdist_group("the demo company")


async def test_every_state_is_there_and_fits_its_customer(make: Make) -> None:
    company = await demo_company(make)
    status = {customer.id: customer.status for customer in company.customers}
    states = Counter(loss.status for loss in company.losses)
    assert all(states[state] >= 5 for state in ("warning", "delayed", "lost", "recovered"))
    assert sum(states[state] for state in OPEN) <= 60
    for loss in company.losses:
        found = status[loss.customer_id]
        assert found == {"warning": "warning", "delayed": "warning", "lost": "lost"}.get(loss.status, found)
        assert loss.found_reason["days"] > 180
    assert len(company.measures) >= states["delayed"]


async def test_the_first_night_finds_nothing_new(make: Make) -> None:
    await demo.fill(make.ctx)
    count = select(func.count()).select_from(Loss).execution_options(scoped="the test")
    before = await make.session.scalar(count)
    await loss_detection.detect(make.ctx)
    assert await make.session.scalar(count) == before
