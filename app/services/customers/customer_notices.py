"""Who hears of customers that go to another manager: both, once each, whatever goes along."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.core.ctx import Ctx
from app.core.happened import Happened, on
from app.services.base import notices
from app.services.base.notices import Message


@on("customers", "transfer")
def transferred(ctx: Ctx, customers: Sequence[Happened]) -> None:
    """Tell the new manager, and each old one of what was theirs: the name of one customer, the number of many."""
    came: dict[int | None, list[Happened]] = defaultdict(list)
    went: dict[int | None, list[Happened]] = defaultdict(list)
    for one in customers:
        came[one.after("manager_id")].append(one)
        went[one.before("manager_id")].append(one)
    notices.tell(ctx, *(_message(person, "received", theirs) for person, theirs in came.items()))
    notices.tell(ctx, *(_message(person, "handed_over", theirs) for person, theirs in went.items()))


def _message(person: int | None, what: str, customers: list[Happened]) -> Message:
    first = customers[0]
    kind: Any = f"customer_{what}" if len(customers) == 1 else f"customers_{what}"
    name = first.row.name if len(customers) == 1 else str(len(customers))
    return person, kind, "customers", first.row.id, name, first.reason
