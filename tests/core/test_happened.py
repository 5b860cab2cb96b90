"""What follows from a step: told once for all that one flush does, in every process, and not of what goes along."""

import ast
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from app.core import happened
from app.core.settings import ROOT
from tests.conftest import Client
from tests.factories import house
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
Heard = list[tuple[str, list[int]]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Listen to some steps instead of those who do."""
    told: Heard = []

    def listen(name: str) -> Callable[..., None]:
        return lambda _ctx, records: told.append((name, [one.row.id for one in records if not one.along]))

    steps = [("chances", "reassign"), ("customers", "transfer"), ("chances", "assign")]
    monkeypatch.setattr(happened, "_REACTIONS", {key: [listen(".".join(key))] for key in steps})
    return told


async def test_records_that_take_a_step_at_once_are_told_of_together(
    team: Team, as_: As, make: Make, heard: Heard
) -> None:
    customers = [await make.customer(team.manager) for _ in range(3)]
    await make.chance(team.manager, team.manager, customer_id=customers[0].id)
    items = [{"id": one.id, "version": 1} for one in reversed(customers)]
    body = {"items": items, "manager_id": team.colleague.id, "reason": "调整"}
    answer = await as_(team.supervisor).post("/customers/bulk-transfer", json=body)
    assert answer.status_code == 200, answer.text
    # The chance went along: whoever is told of the customers knows.
    assert sorted(heard) == [("chances.reassign", []), ("customers.transfer", [one.id for one in customers])]


async def test_a_step_that_is_refused_makes_nothing_happen(team: Team, as_: As, make: Make, heard: Heard) -> None:
    chance = await make.chance(team.manager)
    boss = as_(team.supervisor)
    body = {"assignee_id": team.stranger.id}
    assert (await boss.post(f"/chances/{chance.id}/assign", json=body)).status_code == 422
    assert heard == []
    body = {"assignee_id": team.colleague.id}
    assert (await boss.post(f"/chances/{chance.id}/assign", json=body)).status_code == 200
    assert heard == [("chances.assign", [chance.id])]


def test_the_worker_knows_all_that_follows() -> None:
    said = "import app.jobs.worker; from app.core import happened; print(happened.reactions())"
    found = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    known: Any = ast.literal_eval(found.stdout)
    assert known == happened.reactions()
    assert {noun for noun, _ in known} == {"chances", "customers", "losses", "periodic", "services"}


def test_nobody_but_what_follows_tells_people() -> None:
    """A step that told people itself would do so also where it goes along, and in what is told of the past."""
    telling = {
        f"{path.parent.name}.{path.stem}"
        for path in house.files("services")
        if "notices.tell(" in path.read_text(encoding="utf-8")
    }
    assert telling
    assert {name for name in telling if not name.endswith("_notices")} == set()
