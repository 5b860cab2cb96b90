"""The department tree."""

from app.core.texts import Name
from app.core.types import Id, OptionalRef, Read
from app.schemas.base.external import External


class DepartmentRow(Read):
    """A department: where it hangs, who leads it, how many active people are in it."""

    id: int
    version: int
    name: str
    parent: OptionalRef
    leader: OptionalRef
    people_count: int
    external_id: str | None


class DepartmentWrite(External):
    """A new department."""

    name: Name
    parent_id: Id | None = None
    leader_id: Id | None = None


class DepartmentPatch(External):
    """A change; what is left out stays."""

    name: Name | None = None
    parent_id: Id | None = None
    leader_id: Id | None = None
