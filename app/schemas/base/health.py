"""The state of the system, for the administrator's home page."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.types import Read


class QueueRead(Read):
    """Jobs that wait, run and failed in the last day, and when a schedule last ran."""

    waiting: int
    running: int
    failed_today: int
    last_scheduled_at: datetime | None


class HealthRead(Read):
    """Version, people, jobs and sizes (bytes).

    `log_guarded`: the database lets the application only read the log and add to it.
    """

    version: str
    database_version: str
    log_guarded: bool
    database_bytes: int
    active_people: int
    disabled_people: int
    signed_in_today: int
    customers: int
    chances: int
    alike_names: Annotated[int, Field(description="Log-in names that look like an earlier one.")]
    days_of_1970: Annotated[
        int, Field(description="Days that an older version made of numbers; `crm verify` lists them.")
    ]
    jobs: QueueRead
