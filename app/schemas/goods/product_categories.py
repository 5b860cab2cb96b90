"""The tree of product categories."""

from app.core.texts import Short
from app.core.types import Id, OptionalRef, Read
from app.schemas.base.external import External


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
    external_id: str | None


class CategoryWrite(External):
    """A new category."""

    name: Short
    parent_id: Id | None = None


class CategoryPatch(External):
    """Another name or place, enabled or not; what is left out stays."""

    name: Short | None = None
    parent_id: Id | None = None
    enabled: bool | None = None
