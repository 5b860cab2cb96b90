"""Customers in and out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.core.creditcode import checked
from app.core.money import Money
from app.core.paging import RecordQuery
from app.core.texts import LINE, ExternalId, Item, OptionalItem, OptionalLong, OptionalShort, OptionalWords, Short
from app.core.types import NORMAL, Body, Id, OptionalEmail, OptionalPhone, OptionalRef, Read, Stars
from app.schemas.base.external import External

Status = Literal["normal", "warning", "lost"]
CreditCode = Annotated[str, StringConstraints(to_upper=True, max_length=40), AfterValidator(checked), LINE]
Year = Annotated[int, Field(ge=1000, le=2200)]


class CustomerQuery(RecordQuery):
    """Filters of the customer list."""

    status: list[Status] | None = None
    level: Item | None = None
    region: Item | None = None
    industry: Item | None = None
    size: Item | None = None
    source: Item | None = None
    manager_id: Id | None = None
    parent_id: Id | None = None
    external_id: ExternalId | None = None


class CustomerRow(Read):
    """A customer in a list; the turnover is null for whom `finance` is false."""

    id: int
    version: int
    number: str
    name: str
    short_name: str | None
    level: str | None
    region: str | None
    industry: str | None
    size: str | None
    employees: int | None
    manager: OptionalRef
    status: str
    satisfaction: int | None
    credit: int | None
    tel: str | None
    turnover: Decimal | None
    finance: Annotated[bool, Field(description="Whether customers:finance lets you see the financial facts.")]
    opened_on: Annotated[date, Field(description="Since when it is a customer; reports of new ones go by it.")]
    last_order_date: date | None
    last_activity_at: datetime | None
    next_at: datetime | None
    created_at: datetime
    external_id: str | None
    allowed_actions: list[str]


class CustomerRead(CustomerRow):
    """A customer with all its facts.

    Registered capital, turnover, bank, bank account, tax numbers, credit limit and payment days are null for whom
    `finance` is false.
    """

    source: str | None
    founded_year: int | None
    address: str | None
    zip: str | None
    fax: str | None
    website: str | None
    email: str | None
    credit_code: str | None
    licence_no: str | None
    legal_representative: str | None
    registered_capital: Decimal | None
    bank: str | None
    bank_account: str | None
    local_tax_no: str | None
    national_tax_no: str | None
    credit_limit: Decimal | None
    payment_days: int | None
    parent: OptionalRef
    origin_chance: OptionalRef
    tel_normal: Annotated[str | None, Field(description=NORMAL)]
    memo: str | None
    updated_at: datetime


class CustomerProfile(Body):
    """What may be said of a customer without naming another record; the financial facts need customers:finance."""

    short_name: OptionalShort = None
    region: OptionalItem = None
    industry: OptionalItem = None
    size: OptionalItem = None
    employees: Annotated[int | None, Field(ge=0, le=10_000_000)] = None
    founded_year: Year | None = None
    source: OptionalItem = None
    level: OptionalItem = None
    satisfaction: Stars | None = None
    credit: Stars | None = None
    address: OptionalLong = None
    zip: OptionalItem = None
    tel: OptionalPhone = None
    fax: OptionalPhone = None
    website: OptionalShort = None
    email: OptionalEmail = None
    credit_code: CreditCode | None = None
    licence_no: OptionalShort = None
    legal_representative: OptionalShort = None
    registered_capital: Money | None = None
    turnover: Money | None = None
    bank: OptionalShort = None
    bank_account: OptionalShort = None
    local_tax_no: OptionalShort = None
    national_tax_no: OptionalShort = None
    credit_limit: Money | None = None
    payment_days: Annotated[int | None, Field(ge=0, le=3650)] = None
    memo: OptionalWords = None


class CustomerFacts(CustomerProfile, External):
    """What may be said of a customer."""

    parent_id: Id | None = None


class CustomerWrite(CustomerFacts):
    """A new customer. Left out, the manager is the caller."""

    name: Short
    manager_id: Id | None = None
    confirm_new: Annotated[bool, Field(description="Create although a likely twin exists.")] = False


class CustomerPatch(CustomerFacts):
    """A change of facts; what is left out stays. Another manager comes by transfer, not here."""

    name: Short | None = None
    confirm_new: Annotated[bool, Field(description="Rename although a likely twin has this name.")] = False


class TwinRead(Read):
    """A customer that looks like the same one."""

    id: int
    number: str
    name: str
    manager: OptionalRef
