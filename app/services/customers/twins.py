"""Likely twins of a customer: names of one normal form or one that begins with nearly the other, its code, its telephone.

Who creates or renames a customer holds the name first: of two at once, one sees the other.
Candidates in the caller's scope are shown; of others only that one exists, and whom to ask.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, any_, exists, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import phones
from app.core.arrays import insert_rows
from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.reference import Reference
from app.core.scope import unscoped, visible
from app.models.access.users import User
from app.models.customers.customer_norms import CustomerNorm, norm
from app.models.customers.customers import Customer

AT_MOST = 5
LAST = "\U0010ffff"
"""Behind every character: a range says "begins with" in a way that a prepared statement finds by its index."""
LOOK_AT = 50
ALIVE: Any = Customer.deleted_at.is_(None)
HOLDING = insert_rows(CustomerNorm, "norm").on_conflict_do_nothing()
LONG_ENOUGH, NEARLY_ALL = 4, 0.75


class DuplicateCustomer(Conflict):
    """A customer like this one exists already."""


class Known(NamedTuple):
    """What is known of a customer who may be here already."""

    name: str
    credit_code: str | None = None
    tel: str | None = None


class Candidate(NamedTuple):
    """A customer that may be the same; `seen`: in the caller's scope."""

    id: int
    number: str
    name: str
    manager: dict[str, Any] | None
    seen: bool

    @property
    def managed_by(self) -> str | None:
        """The manager's name; None while it is nobody's."""
        return self.manager["name"] if self.manager else None


class Twins(NamedTuple):
    """The candidates that are shown, and those of which only is told that they are there."""

    seen: list[Candidate]
    hidden: list[Candidate]


def beginnings(wanted: str) -> list[str]:
    """Return a form and its beginnings that are nearly all of it: what a shorter twin may be called."""
    shortest = max(LONG_ENOUGH, math.ceil(len(wanted) * NEARLY_ALL))
    return [wanted, *(wanted[:end] for end in range(shortest, len(wanted)))]


class Earlier:
    """The forms of a batch's rows so far."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._begun: set[str] = set()

    def meets(self, form: str) -> bool:
        """Tell whether an earlier row has this form, or nearly; it is one of them from now on."""
        met = form in self._begun or not self._forms.isdisjoint(beginnings(form))
        self._forms.add(form)
        self._begun.update(beginnings(form))
        return met


async def hold(ctx: Ctx, names: Iterable[str]) -> None:
    """Lock the normal forms of names, and of what a shorter near twin may be called, until the transaction ends.

    In one order for everybody; so the longer of two near twins holds the shorter's row, too.
    """
    wanted = sorted({form for name in names for form in beginnings(norm(name))})
    await ctx.session.execute(HOLDING, {"norm": wanted})
    locked = select(CustomerNorm.norm).where(CustomerNorm.norm == any_(_texts(wanted))).order_by(CustomerNorm.norm)
    await ctx.session.execute(locked.with_for_update())


async def check(ctx: Ctx, known: Known, *, confirmed: bool, itself: int | None = None) -> None:
    """Hold the name; unless it was confirmed as new, raise `DuplicateCustomer` with the candidates.

    Who is renamed is no twin of `itself`.
    """
    await hold(ctx, [known.name])
    if confirmed:
        return
    found = _judged(one for one in await _gathered(ctx, known) if one.id != itself)
    if found.seen or found.hidden:
        raise _told(found)


async def _gathered(ctx: Ctx, known: Known) -> list[Candidate]:
    """Return the customers that may be the same, each question by an index and bounded."""
    found: dict[int, Candidate] = {}
    for clause in questions(known, norm(known.name)):
        asked = unscoped(_candidates(ctx).where(clause).limit(LOOK_AT), "twins are told of, not shown")
        found |= {row.id: Candidate(*row) for row in await ctx.session.execute(asked)}
    return list(found.values())


def _judged(candidates: Iterable[Candidate]) -> Twins:
    """Part the candidates by what the caller may know of them."""
    found = Twins([], [])
    for one in candidates:
        (found.seen if one.seen else found.hidden).append(one)
    return found


def _told(twins: Twins) -> DuplicateCustomer:
    """Return the refusal: those in sight to choose from; of the others, only whom to ask."""
    words = "Another colleague's customer has this name; ask them, or confirm that this is another one."
    if twins.seen:
        words = "A customer like this one exists already; choose it, or confirm that this is another one."
    shown = [
        {"id": one.id, "number": one.number, "name": one.name, "manager": one.managed_by}
        for one in twins.seen[:AT_MOST]
    ]
    ask = sorted({one.managed_by for one in twins.hidden if one.managed_by})[:AT_MOST]
    return DuplicateCustomer(words, candidates=shown, ask=ask)


def _candidates(ctx: Ctx) -> Select[Any]:
    manager = Reference("manager", User.id, User.name)
    columns: tuple[Any, ...] = (Customer.id, Customer.number, Customer.name, manager)
    statement: Select[Any] = select(*columns, visible(ctx, Customer).label("seen"))
    return statement.outerjoin(User, User.id == Customer.manager_id).where(Customer.deleted_at.is_(None))


def questions(known: Known, wanted: str) -> Iterator[ColumnElement[bool]]:
    """Yield what twins are found by: the same form, one that begins with nearly the other, code, telephone."""
    stored: Any = Customer.norm
    yield stored.in_(beginnings(wanted))
    if len(wanted) >= LONG_ENOUGH:
        begins = and_(stored >= wanted, stored < wanted + LAST)
        yield and_(begins, func.char_length(stored) * NEARLY_ALL <= len(wanted))
    if known.credit_code:
        yield Customer.credit_code == known.credit_code
    tel = phones.normal(known.tel) if known.tel else None
    if tel and phones.readable(tel):
        yield func.reverse(Customer.tel_normal) == tel[::-1]


async def among(ctx: Ctx, forms: Iterable[str]) -> set[str]:
    """Return which of these forms a customer has, or nearly has, in two questions however many there are."""
    wanted = sorted(forms)
    stored: Any = Customer.norm
    begun = stored == any_(_texts({one for form in wanted for one in beginnings(form)}))
    shorter = {one for one in await ctx.session.scalars(_anybody(select(stored).where(begun, ALIVE))) if one}
    form: Any = func.unnest(_texts(one for one in wanted if len(one) >= LONG_ENOUGH)).column_valued("form")
    longer = and_(
        stored >= form, stored < form.concat(LAST), func.char_length(stored) * NEARLY_ALL <= func.char_length(form)
    )
    found = set(await ctx.session.scalars(_anybody(select(form).where(exists().where(longer, ALIVE)))))
    return found | {one for one in wanted if not shorter.isdisjoint(beginnings(one))}


def _anybody(statement: Select[Any]) -> Select[Any]:
    return unscoped(statement, "whether a name is here, whoever manages it")


def _texts(values: Iterable[str]) -> ColumnElement[Any]:
    return literal(list(values), ARRAY(Text(collation="C")))
