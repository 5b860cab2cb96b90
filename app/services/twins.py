"""Likely twins of a customer: the same name but for form words and punctuation, or one inside the other.

Candidates in the caller's scope are shown; of others only that one exists, and whom to ask.
"""

import re
from typing import Any

from sqlalchemy import select

from app.core.ctx import Ctx
from app.core.errors import Conflict
from app.core.reference import Reference
from app.core.scope import unscoped, visible
from app.core.search import contains
from app.models.customers import Customer
from app.models.users import User

FORM_WORDS = re.compile(
    r"股份有限公司|有限责任公司|有限公司|集团|公司|\b(?:co|ltd|inc|corp|corporation|company|limited|llc|gmbh|group)\b\.?",
    re.IGNORECASE,
)
PUNCTUATION = re.compile(r"[\s()()【】\[\]·.,,。、&'\"-]+")
AT_MOST = 5
LONG_ENOUGH, NEARLY_ALL = 4, 0.75


class DuplicateCustomer(Conflict):
    """A customer like this one exists already."""


def core(name: str) -> str:
    """Return what is left of a company's name without its form and punctuation, lower case."""
    return PUNCTUATION.sub("", FORM_WORDS.sub("", name)).lower()


async def check(ctx: Ctx, name: str, credit_code: str | None = None) -> None:
    """Raise `DuplicateCustomer` with the candidates when the name or the credit code is known."""
    wanted = core(name)
    probe = FORM_WORDS.sub("", name).strip() or name
    alike = [contains(Customer.search, probe)] if len(probe) > 1 else [Customer.name == name]
    statement: Any = (
        select(
            Customer.id, Customer.number, Customer.name, Customer.credit_code,
            Reference("manager", User.id, User.name), visible(ctx, Customer).label("seen"),
        )
        .outerjoin(User, User.id == Customer.manager_id)
        .where(Customer.deleted_at.is_(None))
    )  # fmt: skip
    matches = [Customer.credit_code == credit_code, *alike] if credit_code else alike
    found: dict[int, Any] = {}
    for match in matches:
        rows = await ctx.session.execute(unscoped(statement.where(match).limit(50), "twins are told of, not shown"))
        found |= {row.id: row for row in rows}
    twins = [
        row
        for row in found.values()
        if core(row.name) == wanted
        or (credit_code and row.credit_code == credit_code)
        or _inside(core(row.name), wanted)
    ]
    if not twins:
        return
    seen = [row for row in twins if row.seen][:AT_MOST]
    hidden = [row for row in twins if not row.seen]
    words = "A customer like this one exists already; choose it, or confirm that this is another one."
    if not seen:
        words = "Another colleague's customer has this name; ask them, or confirm that this is another one."
    raise DuplicateCustomer(
        words,
        candidates=[
            {"id": r.id, "number": r.number, "name": r.name, "manager": r.manager["name"] if r.manager else None}
            for r in seen
        ],
        ask=sorted({r.manager["name"] for r in hidden if r.manager})[:AT_MOST],
    )


def _inside(one: str, other: str) -> bool:
    """Tell whether the shorter name is nearly the whole of the longer one."""
    short, long = sorted((one, other), key=len)
    return len(short) >= LONG_ENOUGH and short in long and len(short) / len(long) >= NEARLY_ALL
