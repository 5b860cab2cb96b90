"""Steps: what is open, what is refused, and the picture of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.creditcode import ALPHABET, check_character, checked
from app.core.ctx import Actor, Ctx, Reach
from app.core.errors import IllegalTransition
from app.services.sales.chance_actions import STEPS, Holding

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass
class Row:
    status: str


@given(st.sampled_from(["unassigned", "assigned", "succeeded", "failed"]), st.sampled_from(sorted(STEPS.steps)))
def test_a_step_is_taken_exactly_when_it_is_open(state: str, step: str) -> None:
    row = Row(state)
    if step in STEPS.open(state):
        STEPS.fire(row, step)
        assert row.status == (STEPS.steps[step].target or state)
    else:
        with pytest.raises(IllegalTransition) as refused:
            STEPS.fire(row, step)
        assert refused.value.extra["state"] == state
        assert row.status == state


RIGHTS = sorted({way.right for step in STEPS.steps.values() for way in (*step.by, *step.also)})
PEOPLE = st.integers(1, 3)


@given(
    st.dictionaries(st.sampled_from(RIGHTS), st.sampled_from(Reach)),
    st.builds(
        Holding, st.sampled_from(sorted({"unassigned", "assigned", "succeeded", "failed"})), PEOPLE,
        st.none() | PEOPLE, st.none() | st.sampled_from([NOW, NOW - timedelta(days=31)]),
    ),
)  # fmt: skip
def test_what_is_allowed_is_what_each_step_lets_one_do(rights: dict[str, Reach], facts: Holding) -> None:
    actor = Actor(1, rights=rights, members={Reach.DEPARTMENT: (1, 2), Reach.DEPARTMENT_TREE: (1, 2)})
    ctx = Ctx(cast("Any", None), actor, NOW, ZoneInfo("Asia/Shanghai"))
    each = [
        name
        for name, step in STEPS.steps.items()
        if step.leaves(facts.status) and step.lets(ctx, facts) and not step.blocked(ctx, facts)
    ]
    assert STEPS.allowed(ctx, facts) == each
    assert STEPS.allowed(ctx, facts) == each  # from memory


def test_the_diagram_names_every_step() -> None:
    drawn = STEPS.diagram()
    assert all(f": {step}" in drawn for step in STEPS.steps)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.sampled_from(ALPHABET), st.integers(0, 16))
def test_one_wrong_character_of_a_credit_code_is_noticed(body: str, letter: str, place: int) -> None:
    code = body + check_character(body)
    assert checked(code) == code
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValueError, match="check character"):
            checked(wrong)
