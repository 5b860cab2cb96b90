"""The rows that what happened is imported by: who did what when is taken as it is told.

As in `imports/rows`, what is left out keeps its present value; null empties it, but for what a record cannot be without.
"""

from typing import Annotated

from pydantic import Field

from app.core.dates import Day, Moment, When
from app.core.texts import Item, Long, OptionalItem, OptionalLong, OptionalShort, OptionalWords, Short, Words
from app.core.types import Body, Stars
from app.schemas.care.services import Level
from app.schemas.goods.storage import PIECES
from app.schemas.imports.imports import ImportRow, NumberedRow
from app.schemas.imports.keys import NumberedKey, PersonKey, ProductKey, RecordKey
from app.schemas.imports.spots import FIRM
from app.schemas.orders.lines import MAX_LINES, Count


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


class RoundImport(Body):
    """What was done, the visit to a complaint's customer, and what the customer said; by the assignee where nobody is named.

    Left out, feedback came with the visit, else with what was done.
    """

    deal: Words
    dealt_at: When
    dealt_by_external_id: PersonKey | None = None
    visit_at: Annotated[When | None, FIRM] = None
    visit_by_external_id: PersonKey | None = None
    visit_note: OptionalWords = None
    result: Annotated[OptionalWords, FIRM] = None
    satisfaction: Annotated[Stars | None, FIRM] = None
    feedback_at: Annotated[When | None, FIRM] = None
    feedback_by_external_id: PersonKey | None = None


class ServiceImport(NumberedRow):
    """A service as far as it has come: assigned with an assignee, dealt with by its last round, archived by good feedback, void with a reason.

    Customer, origin, creator and `opened_at` stay, and so do rounds that are there. Left out, it was opened by the caller, and assigned when it was opened.
    """

    title: Short
    request: Words
    type: Annotated[Item | None, FIRM] = None
    priority: Level = "mid"
    customer_external_id: NumberedKey | None = None
    linkman_external_id: RecordKey | None = None
    product_external_id: ProductKey | None = None
    origin_external_id: Annotated[NumberedKey | None, FIRM] = None
    category: OptionalItem = None
    channel: OptionalItem = None
    deadline: Moment | None = None
    severity: Level | None = None
    department_external_id: RecordKey | None = None
    cause: OptionalWords = None
    measure: OptionalWords = None
    creator_external_id: PersonKey | None = None
    opened_at: When | None = None
    assignee_external_id: Annotated[PersonKey | None, FIRM] = None
    assigned_at: When | None = None
    rounds: Annotated[list[RoundImport] | None, Field(max_length=50)] = None
    void_reason: OptionalWords = None
    voided_at: When | None = None


class MeasureImport(Body):
    """What was done to keep the customer, when (left out: when it was warned of), by whom (its manager then), and when to look again."""

    text: Words
    review_date: Day
    at: Annotated[When | None, FIRM] = None
    by_external_id: PersonKey | None = None


class LossImport(ImportRow):
    """A churn entry as far as it has come: delayed by its measures, lost with a reason, recovered, or returned after the loss.

    Customer, manager, `found_at` and `last_order_date` stay, and so do measures that are there, and a loss once it is confirmed.
    Left out, the manager is the customer's, `lost_date` the day of `confirmed_at`.
    """

    customer_external_id: NumberedKey | None = None
    manager_external_id: PersonKey | None = None
    found_at: Annotated[When | None, Field(description="Left out: when the first thing happened.")] = None
    last_order_date: Day | None = None
    measures: Annotated[list[MeasureImport] | None, Field(max_length=50)] = None
    reason: Annotated[OptionalItem, FIRM] = None
    note: OptionalWords = None
    lost_date: Day | None = None
    confirmed_at: Annotated[When | None, Field(description="Left out: the beginning of `lost_date`.")] = None
    recovered_at: When | None = None
    returned_at: When | None = None


class ShipmentLineImport(Body):
    """So many pieces of a line of the order, which is named by its place in it, from 0."""

    line: Annotated[int, Field(ge=0, lt=MAX_LINES)]
    count: Count


class ShipmentImport(NumberedRow):
    """What left of an order, with its lines or, left out, all that is left. Nothing of it changes; who carried it out is the caller where nobody is named."""

    order_external_id: NumberedKey | None = None
    date: Day
    carrier: OptionalShort = None
    tracking_no: OptionalShort = None
    memo: OptionalWords = None
    creator_external_id: PersonKey | None = None
    lines: Annotated[list[ShipmentLineImport] | None, Field(min_length=1, max_length=MAX_LINES)] = None


class StorageImport(Body):
    """What lies at a place (warehouse and bin) of a product, as it was counted. Left out, it was counted now; the reason is the batch's source."""

    product_external_id: ProductKey
    warehouse: Item
    bin: Item
    count: Annotated[int, Field(ge=0, le=PIECES)]
    counted_at: When | None = None
    reason: OptionalShort = None
    memo: Annotated[OptionalWords, Field(description="Of a new place.")] = None
