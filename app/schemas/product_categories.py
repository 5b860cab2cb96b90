"""The tree of product categories."""

from app.core.texts import Short
from app.core.types import Body, Id, OptionalRef, Read


class CategoryRow(Read):
    """A category; the tree is in `parent`. Products counts its own, not those below.

    What lies in a category that is not enabled, or below one, is shown but not sold.
    """

    id: int
    version: int
    name: str
    parent: OptionalRef
    enabled: bool
    products: int


class CategoryWrite(Body):
    """A new category."""

    name: Short
    parent_id: Id | None = None


class CategoryPatch(Body):
    """Another name or place, enabled or not; what is left out stays."""

    name: Short | None = None
    parent_id: Id | None = None
    enabled: bool | None = None
