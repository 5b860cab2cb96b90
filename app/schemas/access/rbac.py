"""Roles and rights."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.ctx import Reach
from app.core.texts import Name, OptionalWords
from app.core.types import Body, Id, Read
from app.models.access.rbac import Permission
from app.schemas.access.users import RoleCode

Flag = Literal["active", "disabled"]
Rights = Annotated[list[Permission], Field(max_length=1000, description="The whole list; the order does not matter.")]


class RightRead(Read):
    """A right, or the module that it stands below, with its words; `fields`: which facts of records it opens."""

    code: Annotated[str, Field(examples=["customers:finance"])]
    parent_code: Annotated[str | None, Field(examples=["customers"])]
    type: Literal["menu", "action"]
    text: Annotated[str, Field(examples=["客户:财务信息"])]
    text_en: Annotated[str, Field(examples=["Customers:financial facts"])]
    tip: str | None
    tip_en: str | None
    fields: list[str]


class RoleRow(Read):
    """A role with its rights and the reach that they have; a disabled one gives nothing."""

    id: int
    version: int
    code: str
    name: str
    description: str | None
    flag: Flag
    data_scope: Reach
    built_in: bool
    rights: list[str]
    people_count: int
    allowed_actions: list[str]


class RoleRead(RoleRow):
    """A role with what may be done with it; `default_rights` are what Kith gave a built-in one, else null."""

    default_rights: list[str] | None


class RoleWrite(Body):
    """A new role; what is left out comes from `copy_of`, else it holds no right and reaches `own`."""

    code: RoleCode
    name: Name
    description: OptionalWords = None
    data_scope: Reach | None = None
    rights: Rights | None = None
    copy_of: Annotated[Id | None, Field(description="The role to start from.")] = None


class RolePatch(Body):
    """A change of a role; what is left out stays, the code always does."""

    name: Name | None = None
    description: OptionalWords = None
    data_scope: Reach | None = None
    flag: Flag | None = None


class RoleRights(Body):
    """All rights that a role holds from now on."""

    rights: Rights


class RoleGiving(Read):
    """A role that gives a right, with its own reach."""

    id: int
    code: str
    name: str
    data_scope: Reach


class UserRightRead(Read):
    """A right of a person: how far it reaches at most, and which roles give it."""

    right: str
    scope: Reach
    roles: list[RoleGiving]
