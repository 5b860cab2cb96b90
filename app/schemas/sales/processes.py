"""Sales processes."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from app.core.texts import OptionalShort, Short
from app.core.types import Body, Id, Percent, Read
from app.models.sales.processes import CONDITIONS

Condition = Literal["amount", "expected_close_date", "linkman", "product", "plan_done"]


def _once(conditions: list[Condition]) -> list[Condition]:
    if len(set(conditions)) < len(conditions):
        message = "a condition is named twice"
        raise ValueError(message)
    return sorted(conditions, key=CONDITIONS.index)


Conditions = Annotated[
    list[Condition],
    Field(description="What a chance must have to enter: facts that are filled; plan_done: an executed plan item."),
]


class StageRead(Read):
    """A stage: its probability in percent, the days that a chance usually stays, the conditions for entering it."""

    id: int
    name: str
    name_en: str | None
    sort: int
    rate: int
    expected_days: int | None
    conditions: Conditions


class ProcessRead(Read):
    """A process with its stages in order; a retired one is here while chances are still in it."""

    id: int
    version: int
    name: str
    name_en: str | None
    is_default: bool
    enabled: bool
    revision: int
    retired: bool
    replaces_id: int | None
    open_chances: int
    stages: list[StageRead]


class StageWrite(Body):
    """A stage; `id` names a present one that stays."""

    id: Id | None = None
    name: Short
    name_en: OptionalShort = None
    rate: Percent
    expected_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    conditions: Annotated[Conditions, AfterValidator(_once), Field(default_factory=list)]


Stages = Annotated[list[StageWrite], Field(min_length=1, max_length=20)]


class StagesWrite(Body):
    """All stages in their order."""

    stages: Stages

    @model_validator(mode="after")
    def _apart(self) -> Self:
        """Refuse two stages of one name, or one that is named twice."""
        names, ids = [stage.name for stage in self.stages], [stage.id for stage in self.stages if stage.id]
        if len(set(names)) < len(names) or len(set(ids)) < len(ids):
            message = "two stages are the same"
            raise ValueError(message)
        return self


class ProcessWrite(StagesWrite):
    """A new process; it is enabled and not the default."""

    name: Short
    name_en: OptionalShort = None


class ProcessPatch(Body):
    """Another name; make it the default; disable it for new chances."""

    name: Short | None = None
    name_en: OptionalShort = None
    is_default: Annotated[bool | None, Field(description="Only true: another one becomes the default instead.")] = None
    enabled: bool | None = None
