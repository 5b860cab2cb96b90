"""Sales processes."""

from app.core.types import Read


class StageRead(Read):
    """A stage: its probability in percent, the days that a chance usually stays."""

    id: int
    name: str
    name_en: str | None
    sort: int
    rate: int
    expected_days: int | None


class ProcessRead(Read):
    """A process with its stages in order."""

    id: int
    version: int
    name: str
    name_en: str | None
    is_default: bool
    stages: list[StageRead]
