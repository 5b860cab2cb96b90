"""The demo company's services: every state, and nothing that the life cycle would not allow."""

from collections import Counter
from datetime import datetime

import pytest

from app.demo.company.calendar import working
from app.models.care.services import ServiceRound
from tests.factories.demo_company import DAYS, ZONE, demo_company
from tests.factories.make import Make

pytestmark = pytest.mark.xdist_group("the demo company")


@pytest.mark.parametrize("day", DAYS)
async def test_they_are_in_every_state_and_follow_the_life_cycle(day: datetime | None, make: Make) -> None:
    company = await demo_company(make, day)
    services = company.services
    rounds: dict[int, list[ServiceRound]] = {}
    for row in sorted(company.rounds, key=lambda one: one.n):
        rounds.setdefault(row.service_id, []).append(row)
    chances = {chance.id: chance for chance in company.chances}
    since = {customer.id: customer for customer in company.customers}

    states = Counter(service.status for service in services)
    assert {name: states[name] for name in ("void", "created", "assigned", "dealt")} == {
        "void": 10, "created": 22, "assigned": 36, "dealt": 20,
    }  # fmt: skip
    assert states["archived"] >= 220
    late = [s for s in services if s.status in {"created", "assigned"} and s.deadline and s.deadline < company.now]
    assert len(late) >= 15
    assert sum(service.chance_id is not None for service in services) >= 8
    repeated = Counter((service.customer_id, service.type) for service in services)
    assert sum(count > 1 for count in repeated.values()) >= 30
    assert {s.satisfaction for s in services if s.status == "archived"} == {3, 4, 5}

    for service in services:
        mine = rounds.get(service.id, [])
        moments = [service.opened_at, service.first_assigned_at]
        moments += [m for one in mine for m in (one.dealt_at, one.visit_at, one.feedback_at)] + [service.closed_at]
        there = [moment for moment in moments if moment]
        assert there == sorted(there)
        assert there[-1] < company.now
        assert all(working(m.astimezone(ZONE).date()) and 9 <= m.astimezone(ZONE).hour < 18 for m in there)
        assert since[service.customer_id].created_at < service.opened_at
        assert [one.n for one in mine] == list(range(1, len(mine) + 1))
        assert service.reopen_count == sum(1 for one in mine if one.satisfaction and one.satisfaction < 3)
        if service.status == "archived":
            assert mine[-1].satisfaction >= 3
            assert service.type != "complaint" or mine[-1].visit_at
        if service.chance_id:
            chance = chances[service.chance_id]
            assert (chance.customer_id, chance.source, service.type) == (service.customer_id, "presales", "inquiry")
            assert service.opened_at < chance.opened_at
        assert service.number.startswith(f"FW{service.opened_at.astimezone(ZONE):%Y%m%d}")
