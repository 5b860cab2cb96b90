"""The rows that what happened is imported by: who did what when is taken as it is told.

As in `import_rows`, what is left out keeps its present value; null empties it, but for what a record cannot be without.
"""

from typing import Annotated

from pydantic import Field

from app.core.dates import Day, Moment, When
from app.core.texts import Item, Long, OptionalItem, OptionalLong, OptionalShort, OptionalWords, Words
from app.schemas.import_keys import NumberedKey, PersonKey, RecordKey
from app.schemas.imports import ImportRow


class ActivityImport(ImportRow):
    """A contact with a customer, or with a chance that has none yet; customer and writer stay. Left out, `at` is now, the writer the caller."""

    title: Long
    customer_external_id: Annotated[NumberedKey | None, Field(description="Required without a chance.")] = None
    linkman_external_id: RecordKey | None = None
    chance_external_id: NumberedKey | None = None
    writer_external_id: PersonKey | None = None
    at: When | None = None
    kind: Item = "phone"
    purpose: OptionalItem = None
    place: OptionalShort = None
    description: OptionalWords = None
    next_step: OptionalLong = None
    next_at: Moment | None = None
    memo: OptionalWords = None


class PlanImport(ImportRow):
    """A plan item; with a result it is done. Its chance stays. What was not done of a chance that has ended is cancelled.

    Left out, `done_at` is the item's day, the doer the chance's assignee; `opened_at` is when it was written down.
    """

    chance_external_id: NumberedKey | None = None
    date: Day
    todo: Words
    kind: OptionalItem = None
    creator_external_id: PersonKey | None = None
    opened_at: When | None = None
    result: OptionalWords = None
    done_at: When | None = None
    done_by_external_id: PersonKey | None = None
