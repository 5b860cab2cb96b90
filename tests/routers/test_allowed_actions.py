"""What `allowed_actions` says of a record is what trying each step answers: every noun, state, step and kind of person.

Each try stands in a savepoint that is rolled back, so that all of them meet the same record.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core import nouns
from app.core.listing import LISTINGS
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.steps import KINDS, Noun
from tests.factories.team import Team

As = Callable[..., Client]
PEOPLE = ("admin", "executive", "supervisor", "manager", "colleague", "other_supervisor", "stranger")
SAVED_APART = frozenset({"erase"})
"""What the log knows of a contact is asked for one, not for each row of a list."""
OLD = '"999999"'


@asynccontextmanager
async def undone(connection: AsyncConnection) -> AsyncIterator[None]:
    """Undo what is done inside."""
    point = await connection.begin_nested()
    yield
    await point.rollback()


async def ask(person: Client, noun: Noun, row_id: int, step: str, version: str | None) -> Any:
    """Try a step under a version."""
    method, more, body = noun.steps[step]
    headers = {"If-Match": version} if version else {}
    return await person.request(method, f"{noun.path}/{row_id}{more}", json=body, headers=headers)


async def listed(person: Client, noun: Noun, row_id: int) -> list[str]:
    """Return what the row of the list says."""
    found = (await person.get(noun.path, params={"limit": 100} if noun.path != "/roles" else {})).json()
    rows = found if isinstance(found, list) else found["items"]
    return next(row["allowed_actions"] for row in rows if row["id"] == row_id)


def version_of(step: str, there: dict[str, Any]) -> str:
    """Return the version that a step is taken under: the record's, or that of the part that goes."""
    parts = {"remove_payment": "payments", "remove_shipment": "shipments"}
    part = there[parts[step]][0] if step in parts and there[parts[step]] else there
    return f'"{part["version"]}"'


async def differences(connection: AsyncConnection, person: Client, noun: Noun, state: str) -> list[Any]:
    """Return where the answers are not what the record says."""
    row_id, found = noun.records[state], []
    seen = await person.get(f"{noun.path}/{row_id}")
    if seen.status_code != 200:
        for step in noun.steps:
            async with undone(connection):
                answer = await ask(person, noun, row_id, step, OLD)
            # Who lacks the right of the address learns nothing of any record: 403 before 404.
            found += [(step, answer.status_code)] if answer.status_code not in {403, 404} else []
        return found
    there = seen.json()
    allowed = there["allowed_actions"]
    if await listed(person, noun, row_id) != [step for step in allowed if step not in SAVED_APART]:
        found.append(("list", await listed(person, noun, row_id), allowed))
    found += [("unknown", step) for step in allowed if step not in noun.steps.keys() | noun.elsewhere]
    for step in noun.steps:
        if noun.instead(state, step):
            continue
        async with undone(connection):
            answer = await ask(person, noun, row_id, step, version_of(step, there))
        async with undone(connection):
            stale = await ask(person, noun, row_id, step, OLD)
        found += check(step, allowed, answer, stale, there)
    return found


def check(step: str, allowed: list[str], answer: Any, stale: Any, there: dict[str, Any]) -> list[Any]:
    """Compare one step's answers with what was said of it."""
    missing = step in {"remove_payment", "remove_shipment"} and answer.status_code == 404
    if step in allowed:
        right = answer.status_code < 300
    else:
        right = answer.status_code in {403, 409} or missing or (step in SAVED_APART and answer.status_code == 200)
    told = answer.json().get("allowed") if answer.status_code == 409 else None
    if told is not None and told != allowed:
        right = False
    if answer.status_code == 409 and told is None:
        right = False
    versioned = stale.request.method != "POST" or step not in {"note", "plan", "change", "link"}
    order = {403: 403, 404: 404}.get(answer.status_code, 412 if versioned else answer.status_code)
    if right and stale.status_code == order:
        return []
    return [
        (
            step,
            answer.status_code,
            answer.json().get("detail") if answer.content else "",
            stale.status_code,
            allowed,
            there.get("status"),
        )
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
async def test_trying_a_step_answers_what_was_said_of_it(
    kind: Any, team: Team, as_: As, make: Make, connection: AsyncConnection
) -> None:
    made = await kind(make, team)
    wrong = {}
    for noun in made if isinstance(made, list) else [made]:
        for state in noun.records:
            for name in PEOPLE:
                if found := await differences(connection, as_(getattr(team, name)), noun, state):
                    wrong[noun.path, state, name] = found
    assert wrong == {}


async def test_every_noun_that_tells_its_steps_is_tried(team: Team, make: Make) -> None:
    """One that is missing in `KINDS` of `tests/factories/steps.py` would be tried by nobody."""
    made = [await kind(make, team) for kind in KINDS]
    tried = {one.path.removeprefix("/").replace("-", "_") for some in made
             for one in (some if isinstance(some, list) else [some])}  # fmt: skip
    assert {code for code, noun in nouns.known().items() if noun.steps} - tried == set()


def test_every_list_of_a_noun_with_steps_tells_them() -> None:
    silent = {one.model.__name__ for one in LISTINGS if one.steps is None}
    assert silent == {"Import", "LogEntry", "Notice", "PeriodicReport", "ServiceNote", "StorageChange", "User"}
