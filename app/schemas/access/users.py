"""People as the administrator sees them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.core.lookalikes import plain
from app.core.paging import RecordQuery
from app.core.texts import LINE, ExternalId, Name
from app.core.types import Id, OptionalEmail, OptionalPhone, OptionalRef, Read
from app.schemas.base.external import External

Language = Literal["zh-CN", "en-US"]
UserName = Annotated[str, StringConstraints(pattern=r"^[^\s/]{2,60}$"), AfterValidator(plain), LINE]
RoleCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]


class UserQuery(RecordQuery):
    """Filters of the people list."""

    flag: Literal["active", "disabled"] | None = None
    department_id: Id | None = None
    role: RoleCode | None = None
    external_id: ExternalId | None = None


class UserRow(Read):
    """A person in a list."""

    id: int
    version: int
    user_name: str
    name: str
    email: str | None
    mobile: str | None
    department: OptionalRef
    roles: list[str]
    flag: str
    last_login_at: datetime | None
    has_password: bool
    external_id: str | None
    created_at: datetime
    allowed_actions: list[str]


class UserRead(UserRow):
    """A person with what the caller may do."""


class UserWrite(External):
    """A new person; they set their password through a one-time link."""

    user_name: UserName
    name: Name
    email: OptionalEmail = None
    mobile: OptionalPhone = None
    department_id: Id | None = None
    roles: Annotated[list[RoleCode], Field(min_length=1, max_length=10)]
    language: Language = "zh-CN"


class UserPatch(External):
    """A change of a person; what is left out stays."""

    user_name: UserName | None = None
    name: Name | None = None
    email: OptionalEmail = None
    mobile: OptionalPhone = None
    department_id: Id | None = None
    roles: Annotated[list[RoleCode], Field(min_length=1, max_length=10)] | None = None
    flag: Literal["active", "disabled"] | None = None
    language: Language | None = None


class LinkRead(Read):
    """A one-time link: shown once, stored only as a hash."""

    token: str
    path: Annotated[str, Field(examples=["/link#token=…"])]
    expires_at: datetime
