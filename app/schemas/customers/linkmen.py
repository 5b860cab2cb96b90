"""Contacts in and out."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from app.core.dates import Day, Moment, PastDay
from app.core.paging import RecordQuery
from app.core.texts import ExternalId, Name, OptionalShort, OptionalWords
from app.core.types import NORMAL, Body, Id, OptionalEmail, OptionalPhone, OptionalRef, Read, Ref
from app.schemas.base.external import External

Sex = Literal["male", "female"]
DecisionRole = Literal["decider", "influencer", "user", "opponent"]
Status = Literal["active", "left"]


class LinkmanQuery(RecordQuery):
    """Filters of the contact list; `q` takes a part of the name or the last digits of a phone."""

    customer_id: Id | None = None
    status: Status | None = None
    is_primary: bool | None = None
    external_id: ExternalId | None = None


class PostRead(Read):
    """Another post of the same person: the contact there, at which customer, and until when."""

    id: int
    customer: Ref
    position: str | None
    status: Status
    left_at: datetime | None


class LinkmanRow(Read):
    """A contact in a list; `posts` are those at other customers, the present ones first, as far as they are in scope."""

    id: int
    version: int
    name: str
    customer: Ref
    position: str | None
    decision_role: str | None
    superior: OptionalRef
    tel: str | None
    mobile: str | None
    tel_normal: Annotated[str | None, Field(description=NORMAL)]
    mobile_normal: Annotated[str | None, Field(description=NORMAL)]
    email: str | None
    is_primary: bool
    status: str
    posts: list[PostRead]
    created_at: datetime
    external_id: str | None
    allowed_actions: list[str]


class LinkmanRead(LinkmanRow):
    """A contact with all its facts; the personal ones, birthday to background, are null for whom `personal` is false."""

    sex: str | None
    wechat: str | None
    birthday: date | None
    anniversary: date | None
    education: str | None
    career: str | None
    hobby: str | None
    family: str | None
    background: str | None
    personal: Annotated[bool, Field(description="Whether linkmen:personal lets you see the personal facts.")]
    left_at: datetime | None
    memo: str | None


class LinkmanProfile(Body):
    """What may be said of a contact without naming another record; the personal facts need linkmen:personal."""

    sex: Sex | None = None
    position: OptionalShort = None
    tel: OptionalPhone = None
    mobile: OptionalPhone = None
    email: OptionalEmail = None
    wechat: OptionalShort = None
    birthday: PastDay | None = None
    anniversary: Annotated[Day | None, Field(description="A day to remember besides the birthday.")] = None
    education: OptionalWords = None
    career: Annotated[OptionalWords, Field(description="Where the person worked, and as what.")] = None
    hobby: OptionalWords = None
    family: OptionalWords = None
    background: OptionalWords = None
    decision_role: DecisionRole | None = None
    memo: OptionalWords = None


class LinkmanFacts(LinkmanProfile, External):
    """What may be said of a contact."""

    superior_id: Id | None = None


class LinkmanWrite(LinkmanFacts):
    """A new contact; the first of a customer becomes its primary contact."""

    customer_id: Id
    name: Name
    is_primary: bool | None = None


class LinkmanPatch(LinkmanFacts):
    """A change; a new primary contact takes the place of the old one; `left` marks who went."""

    name: Name | None = None
    is_primary: bool | None = None
    status: Status | None = None


class LinkmanMove(Body):
    """Where a contact works now. Left out, `left_at` is now; `keeps`: they work for both customers from now on."""

    customer_id: Id
    position: OptionalShort = None
    left_at: Moment | None = None
    keeps: bool = False
