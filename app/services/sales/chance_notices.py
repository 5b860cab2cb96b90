"""Who hears of a chance: whoever gets one, and whoever had it; not where it went along with its customer, of which both are told."""

from collections.abc import Iterator, Sequence

from app.core.ctx import Ctx
from app.core.happened import Happened, on
from app.schemas.base.notices import Kind
from app.services.base import notices
from app.services.base.notices import Message


@on("chances", "reassign")
def given_away(ctx: Ctx, chances: Sequence[Happened]) -> None:
    """Tell who had one that somebody else has it."""
    notices.tell(ctx, *_messages("chance_reassigned", "before", chances))


@on("chances", "assign", "reassign", "reopen")
def given(ctx: Ctx, chances: Sequence[Happened]) -> None:
    """Tell who has one now; opened again, only where that is another person than before."""
    notices.tell(ctx, *_messages("chance_assigned", "after", chances))


@on("chances", "take_back")
def taken_back(ctx: Ctx, chances: Sequence[Happened]) -> None:
    """Tell who had one that it was taken back."""
    notices.tell(ctx, *_messages("chance_taken_back", "before", chances))


def _messages(kind: Kind, when: str, chances: Sequence[Happened]) -> Iterator[Message]:
    for one in chances:
        person = (one.before if when == "before" else one.after)("assignee_id")
        if not one.along:
            yield person, kind, "chances", one.row.id, one.row.title, one.reason
