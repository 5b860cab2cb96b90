"""The tree of product categories."""

from app.core.types import Body, Id, OptionalRef, Read, Short


class CategoryRow(Read):
    """A category; the tree is in `parent`. Products counts its own, not those below."""

    id: int
    version: int
    name: str
    parent: OptionalRef
    products: int


class CategoryWrite(Body):
    """A new category."""

    name: Short
    parent_id: Id | None = None


class CategoryPatch(Body):
    """Another name or place; what is left out stays."""

    name: Short | None = None
    parent_id: Id | None = None
