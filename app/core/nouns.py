"""A noun is declared once: what every shared capability needs to know of a kind of record that people work with.

It says only what cannot be derived. Its code and whose it is stand at the table, what people know a record by and what
its fields hold follow from the columns, what it is found, sorted and changed by from its list and its schemas. Each is
declared beside its service, enters the register as that is imported, and the register is closed when all are.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import null

from app.core import log_fields
from app.core.closed import Closed
from app.core.ctx import Ctx
from app.core.db import Base
from app.core.guarded import Guarded
from app.core.listing import Listing
from app.core.orm import SoftDeleted
from app.core.steps import Steps


class Verbs(NamedTuple):
    """How people write a record down, and how they change one: what its service offers them."""

    create: Callable[[Ctx, Any], Awaitable[Any]]
    update: Callable[[Ctx, int, int, Any], Awaitable[Any]]


class Noun:
    """A kind of record. `restore`: the right by which others than who deleted one bring it back from the bin.

    `viewed`: who reads the page of one is noted where the installation wants that. `counted`: reports count its records,
    and show those behind a number. `particular`: the keys of its read that are no facts (`core/facts`): its parts, and
    what is worked out for one record alone.
    """

    def __init__(
        self,
        listing: Listing,
        *,
        restore: str | None = None,
        viewed: bool = False,
        counted: bool = False,
        particular: Iterable[str] = (),
    ) -> None:
        self.listing, self.restore, self.viewed, self.counted = listing, restore, viewed, counted
        self.particular = frozenset(particular)
        self.model: Any = listing.model
        self.code: str = self.model.__audit__
        self.verbs: Verbs | None = None
        REGISTER.enter(self)

    def told_by(self, create: Any, update: Any) -> None:
        """Let records be imported by the verbs that people write them down and change them by."""
        self.verbs = Verbs(create, update)

    def named_by(self, body: Any) -> dict[str, Any]:
        """Return the fields of a body that hold ids of other records, and the models of those."""
        columns, models = self.model.__mapper__.column_attrs, Base.registry.mappers
        keys = {name: columns[name].columns[0].foreign_keys for name in body.model_fields if name in columns}
        return {
            name: one.class_
            for name, foreign in keys.items()
            for key in foreign
            for one in models
            if one.local_table is key.column.table
        }

    @property
    def title(self) -> Any:
        """The column that people know a record by."""
        return log_fields.label(self.model)

    @property
    def titled(self) -> str:
        """The fact that people know a record by: its own, or the record whose it is."""
        return str(log_fields.labelled(self.model)).removesuffix("_id")

    @property
    def number(self) -> Any:
        """The column of the number that people know a record by, in SQL null where it has none."""
        return getattr(self.model, "number", null())

    @property
    def numbered(self) -> bool:
        """Whether a record has such a number."""
        return hasattr(self.model, "number")

    @property
    def binned(self) -> bool:
        """Whether a record that is deleted lies in the recycle bin until it is brought back or purged."""
        return self.restore is not None and issubclass(self.model, SoftDeleted)

    @property
    def guarded(self) -> Guarded | None:
        """The group of facts that has a right of its own."""
        found: Guarded | None = getattr(self.model, "__guarded__", None)
        return found

    @property
    def steps(self) -> Steps | None:
        """The life cycle."""
        return self.listing.steps


class Register:
    """The nouns of the house: filled while services are imported, then closed."""

    def __init__(self) -> None:
        self._entered: dict[str, Noun] = {}
        self._known: Mapping[str, Noun] | None = None

    def enter(self, noun: Noun) -> None:
        """Take a noun; raise `RuntimeError` for one that is declared twice, or comes when the register is closed."""
        if self._known is not None or noun.code in self._entered:
            how = "twice" if noun.code in self._entered else "too late"
            message = f"the noun {noun.code} is declared {how}"
            raise RuntimeError(message)
        self._entered[noun.code] = noun

    def close(self) -> None:
        """Take no more: every service was imported."""
        self._known = MappingProxyType(dict(sorted(self._entered.items())))

    def known(self) -> Mapping[str, Noun]:
        """Return all nouns by code, in the order of the alphabet; raise `RuntimeError` while some may be missing."""
        if self._known is None:
            message = "not every service was imported: app.services.load()"
            raise RuntimeError(message)
        return self._known


REGISTER = Register()
known = REGISTER.known


class OneOf(Closed):
    """The type of a field that names one of the nouns for which a condition holds: `Annotated[str, OneOf(...)]`."""

    def __init__(self, holds: Callable[[Noun], bool]) -> None:
        super().__init__(lambda: [code for code, noun in known().items() if holds(noun)])
