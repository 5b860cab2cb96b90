"""What is left to do before a company can work with Kith."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.types import Read
from app.models.access.rbac import Permission

FirstStep = Literal[
    "company", "logo", "departments", "people", "roles", "dictionary", "stages", "data", "demo", "customer", "chance",
    "goal",
]  # fmt: skip


class FirstStepRead(Read):
    """One thing to do, and whether the data show that it was done."""

    code: FirstStep
    done: bool
    optional: Annotated[bool, Field(description="The list is complete without it.")]
    right: Annotated[Permission, Field(description="Who holds it can do this.")]
    mine: Annotated[bool, Field(description="I hold that right.")]


class FirstStepsRead(Read):
    """What is left for the caller's part in starting the company; nothing for who has none."""

    complete: bool
    steps: list[FirstStepRead]
