"""People in pickers and names."""

from app.core.paging import PageQuery
from app.core.types import Id, OptionalRef, Read
from app.models.rbac import Permission


class PersonQuery(PageQuery):
    """Filters of the people picker."""

    holding: Permission | None = None
    within: Permission | None = None
    department_id: Id | None = None


class PersonRow(Read):
    """An active person."""

    id: int
    name: str
    department: OptionalRef
