"""The life cycle of a churn entry as a table: from where to where, by whom (domain section 5: Churn)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.core.steps import Block, Step, Steps
from app.core.ways import By, oneself, reach
from app.models.access.rbac import Permission as P

OPEN = frozenset({"warning", "delayed"})
ACTS = "Only who manages the customer acts on its churn."


class Holding(NamedTuple):
    """What decides who may do what."""

    status: str
    manager_id: int | None
    returned: bool


def of_row(row: Mapping[str, Any]) -> Holding:
    """Return what decides over a row of the list, or a detail."""
    return Holding(row["status"], (row["manager"] or {}).get("id"), row["returned_at"] is not None)


STEPS = Steps(
    {
        "delay": Step(OPEN, "delayed", (By(P.losses_delay, oneself("manager_id")),), ACTS),
        "confirm": Step(OPEN, "lost", (By(P.losses_confirm, oneself("manager_id")),), ACTS),
        "revoke": Step(
            frozenset({"lost"}), "warning", (By(P.losses_revoke, reach("manager_id")),), ACTS,
            (
                Block(
                    lambda _, loss: loss.returned, "The customer has ordered again: there is nothing to take back.",
                    lambda _: {"code": "returned"},
                ),
            ),
        ),
        "recover": Step(OPEN, "recovered"),
        "expire": Step(frozenset({"delayed"}), "warning"),
    }
)  # fmt: skip
"""A new order takes `recover`, the nightly job `expire`: nobody does by hand."""
