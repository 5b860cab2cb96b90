"""The person who is signed in."""

from typing import Annotated

from pydantic import Field

from app.core.ctx import Reach
from app.core.types import Body, OptionalEmail, OptionalPhone, OptionalRef, Read
from app.models.access.rbac import Permission
from app.schemas.access.users import Language
from app.schemas.base.settings import HiddenFields, Logo, RequiredFields


class HeldRight(Read):
    """A right and how far it reaches: own, department, department_tree or all."""

    right: Permission
    scope: Reach


class HeldRole(Read):
    """A role by code and name."""

    code: str
    name: str


class MeRead(Read):
    """Who I am, what I may do, and what the screens need to know of the company."""

    id: int
    version: int
    user_name: str
    name: str
    email: str | None
    mobile: str | None
    department: OptionalRef
    roles: list[HeldRole]
    rights: list[HeldRight]
    language: str
    timezone: str
    currency: str
    company_name: str
    company_logo: Logo
    customers_required: RequiredFields
    customers_hidden: HiddenFields
    empty: bool
    demo: Annotated[bool, Field(description="One enters the demo company by a click.")]
    first_steps_hidden: Annotated[bool, Field(description="I put the list of first steps away.")]
    is_demo: Annotated[bool, Field(description="I am of the demo company.")]


class MePatch(Body):
    """What a person may change of themself."""

    email: OptionalEmail = None
    mobile: OptionalPhone = None
    language: Language | None = None
    first_steps_hidden: bool | None = None
