"""Roles and rights."""

from app.core.types import Read


class RoleRead(Read):
    """A role with its rights and the reach that they have."""

    id: int
    version: int
    code: str
    name: str
    description: str | None
    flag: str
    data_scope: str
    rights: list[str]
    people_count: int
