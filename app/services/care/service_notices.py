"""Who hears of a service: whoever gets one, whoever had it, and who gave it where it comes back.

Not where it went along with its customer: of that both are told.
"""

from collections.abc import Sequence

from app.core.ctx import Ctx
from app.core.happened import Happened, on
from app.schemas.base.notices import Kind
from app.services.base import notices
from app.services.base.notices import Message


@on("services", "reassign")
def given_away(ctx: Ctx, services: Sequence[Happened]) -> None:
    """Tell who had one that somebody else has it."""
    for one in services:
        _tell(ctx, one, "service_reassigned", one.before("assignee_id"))


@on("services", "assign", "reassign")
def given(ctx: Ctx, services: Sequence[Happened]) -> None:
    """Tell who has one now."""
    for one in services:
        _tell(ctx, one, "service_assigned", one.after("assignee_id"))


@on("services", "return")
def given_back(ctx: Ctx, services: Sequence[Happened]) -> None:
    """Tell who gave one, and who wrote it, that it waits again."""
    for one in services:
        for person in {one.before("assigned_by"), one.row.creator_id}:
            _tell(ctx, one, "service_returned", person)


@on("services", "take_back")
def taken_back(ctx: Ctx, services: Sequence[Happened]) -> None:
    """Tell who had one that it was taken back."""
    for one in services:
        _tell(ctx, one, "service_taken_back", one.before("assignee_id"))


@on("services", "void")
def voided(ctx: Ctx, services: Sequence[Happened]) -> None:
    """Tell who has one that there is nothing to be done."""
    for one in services:
        message: Message = (
            one.row.assignee_id,
            "service_voided",
            "services",
            one.row.id,
            one.row.title,
            one.row.void_reason,
        )
        notices.tell(ctx, message)


def _tell(ctx: Ctx, one: Happened, kind: Kind, person: int | None) -> None:
    if not one.along:
        notices.tell(ctx, (person, kind, "services", one.row.id, one.row.title, one.reason))
