"""The rows that each noun is imported by.

A row is the record as the other system knows it: named by its external id, naming others by theirs; in the place of either
may stand what Kith calls it (`imports/keys`).
What is left out keeps its present value; null empties it.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day, PastDay, When
from app.core.money import Fraction, Money
from app.core.texts import Item, Name, OptionalItem, OptionalShort, OptionalWords, Short
from app.core.types import Body, Id, OptionalEmail, OptionalPhone, Percent
from app.schemas.access.users import Language, RoleCode, UserName
from app.schemas.base.dict import Place
from app.schemas.customers.customers import CustomerProfile
from app.schemas.customers.linkmen import LinkmanProfile
from app.schemas.customers.linkmen import Status as LinkmanStatus
from app.schemas.goods.products import WarrantyMonths
from app.schemas.imports.imports import ImportRow, NumberedRow
from app.schemas.imports.keys import NumberedKey, PersonKey, ProductKey, RecordKey
from app.schemas.imports.spots import FIRM
from app.schemas.orders.lines import MAX_LINES, Count, Discount
from app.schemas.orders.orders import OptionalContractNo
from app.schemas.orders.payments import Amount
from app.schemas.sales.chances import Importance
from app.schemas.sales.chances import Status as ChanceStatus


class DepartmentImport(ImportRow):
    """A department; its leader may come with a second run, once the people are there."""

    name: Name
    parent_external_id: RecordKey | None = None
    leader_external_id: PersonKey | None = None


class UserImport(ImportRow):
    """A person; they have no password until a one-time link lets them set one."""

    user_name: UserName
    name: Name
    email: OptionalEmail = None
    mobile: OptionalPhone = None
    department_external_id: RecordKey | None = None
    roles: Annotated[list[RoleCode], Field(min_length=1, max_length=10)]
    flag: Literal["active", "disabled"] = "active"
    language: Language = "zh-CN"


class DictImport(Body):
    """A value of the dictionary, by its type and item; the labels are what people read."""

    type: Item
    item: Item
    value: Short
    value_en: OptionalShort = None
    sort: Annotated[Place | None, Field(description="Left out: a new one comes last.")] = None
    enabled: bool = True


class CategoryImport(ImportRow):
    """A product category; what is above it comes before."""

    name: Short
    parent_external_id: RecordKey | None = None
    enabled: bool = True


class ProductImport(ImportRow):
    """A product; cost needs products:cost."""

    name: Short
    code: OptionalItem = None
    model: OptionalShort = None
    batch: OptionalShort = None
    unit: OptionalItem = None
    category_external_id: RecordKey | None = None
    price: Money | None = None
    tax_rate: Fraction | None = None
    cost: Money | None = None
    is_tracked: bool = False
    warranty_months: WarrantyMonths | None = None
    enabled: bool = True
    memo: OptionalWords = None


class CustomerImport(NumberedRow, CustomerProfile):
    """A customer; a new one names its manager. A likely twin is no obstacle: the external id tells them apart."""

    name: Short
    manager_external_id: PersonKey | None = None
    parent_external_id: NumberedKey | None = None
    opened_on: Annotated[PastDay | None, Field(description="Left out: a new one is opened today.")] = None


class LinkmanImport(ImportRow, LinkmanProfile):
    """A contact; a new one names its customer, and the first of a customer becomes its primary contact."""

    name: Name
    customer_external_id: NumberedKey | None = None
    superior_external_id: RecordKey | None = None
    is_primary: bool | None = None
    status: LinkmanStatus = "active"


class ChanceImport(NumberedRow):
    """A chance in whatever state it is; who and when are taken as they are told.

    Left out, `opened_at` is now, `assigned_at` is `opened_at`, the creator is the caller, and the status
    follows from the assignee.
    """

    title: Short
    importance: Importance = "mid"
    source: OptionalItem = None
    customer_name: Annotated[Short | None, Field(description="Required without customer_external_id.")] = None
    customer_external_id: NumberedKey | None = None
    product_external_id: ProductKey | None = None
    linkman: OptionalShort = None
    tel: OptionalPhone = None
    description: OptionalWords = None
    amount: Money | None = None
    rate: Annotated[Percent | None, Field(description="Left out: the stage's probability.")] = None
    stage_id: Annotated[Id | None, Field(description="Left out: the first stage of the default process.")] = None
    expected_close_date: Day | None = None
    creator_external_id: PersonKey | None = None
    opened_at: When | None = None
    status: ChanceStatus | None = None
    assignee_external_id: PersonKey | None = None
    assigned_at: When | None = None
    closed_on: Day | None = None
    close_value: Money | None = None
    close_reason: Annotated[Item | None, FIRM] = None
    """A failed chance has its reason."""
    competitor: OptionalItem = None
    close_note: OptionalWords = None


class OrderLineImport(Body):
    """A line; unit, price and tax rate are the product's unless they are given (a rate of null is none)."""

    product_external_id: ProductKey
    count: Count
    unit: OptionalItem = None
    price: Annotated[Money | None, FIRM] = None
    discount: Discount = Decimal(0)
    tax_rate: Annotated[Fraction | None, FIRM] = None


class OrderPaymentImport(Body):
    """Money that came in."""

    date: Day
    amount: Amount
    method: OptionalItem = None
    memo: OptionalWords = None


class OrderImport(NumberedRow):
    """An order in whatever state it is; `lines` and `payments`, where they are given, are all that it has.

    Left out, the date is today, the status draft, the owner (once it counts) the customer's manager. What comes
    in completed does not touch the stock of today. An order that begins to count without a word on `due_date`
    is due by its customer's payment days.
    """

    customer_external_id: NumberedKey | None = None
    owner_external_id: PersonKey | None = None
    chance_external_id: NumberedKey | None = None
    date: Annotated[Day | None, Field()] = None
    due_date: Day | None = None
    contract_no: OptionalContractNo = None
    status: Literal["draft", "confirmed", "completed"] | None = None
    confirmed_at: Annotated[
        When | None, Field(description="Left out: now for an order of today, else the beginning of its day.")
    ] = None
    address: OptionalWords = None
    memo: OptionalWords = None
    lines: Annotated[list[OrderLineImport] | None, Field(max_length=MAX_LINES)] = None
    payments: Annotated[list[OrderPaymentImport] | None, Field(max_length=MAX_LINES)] = None
