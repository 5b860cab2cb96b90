"""The keys of one page: found from one table, by one walk through an index for each reason to see a row."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, asc, column, desc, func, select, true, union
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.operators import desc_op

from app.core.ctx import Ctx, Reach
from app.core.owners import alive, grants, holder, members, named
from app.core.walks import Walk, among, narrow

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # of SQLAlchemy


def keys(ctx: Ctx, walk: Walk, order: list[Any], limit: ColumnElement[int]) -> Any:
    """Return the ids of one page: what a row carries besides is joined to these few, not to all that the order goes through."""
    turn = desc if order[0].modifier is desc_op else asc
    among_them = Pages(ctx, walk, order, limit, turn)
    reach = narrow(ctx, walk.model, walk.right)
    reasons = [among_them.step(among(ctx, walk.model, walk.right))] if reach is None else among_them.reasons(reach)
    if len(reasons) == 1:
        return select(reasons[0].subquery().c[0])
    pages = union(*(select(reason.subquery()) for reason in reasons)).subquery()
    return select(pages.c[0]).order_by(turn(pages.c.k), turn(pages.c[0])).limit(limit)


@dataclass(frozen=True)
class Pages:
    """The pages of which one is made: of each reason to see a row, in the one order."""

    ctx: Ctx
    walk: Walk
    order: list[Any]
    limit: ColumnElement[int]
    turn: Any

    def rows(self, *where: ColumnElement[bool]) -> Select[Any]:
        """Return the key and the place of all rows that also meet `where`."""
        model, key = self.walk.model, self.order[0].element.label("k")
        return select(model.id, key).where(alive(model), *self.walk.clauses, *where)

    def step(self, *where: ColumnElement[bool]) -> Select[Any]:
        """Return the first of them."""
        return self.rows(*where).order_by(*self.order).limit(self.limit)

    def held(self, owner: Any, by: Any) -> Select[Any]:
        """Return the first of those that somebody holds.

        Where no index has them in this order they are read by their holder and sorted: the planner would rather go through
        everybody's in the order, and read the whole table for somebody who has few. Wrapped, the key fits no index.
        """
        first, *rest = self.order
        if _indexed(self.walk.model, owner, first.element):
            return self.step(owner == by)
        unindexed = self.turn(func.coalesce(first.element, first.element))
        return self.rows(owner == by).order_by(unindexed, *rest).limit(self.limit)

    def reasons(self, reach: Reach) -> list[Select[Any]]:
        """Return one for each reason to see a row; a department's are one for each of its people, merged."""
        ctx, model, turn = self.ctx, self.walk.model, self.turn
        scope = model.__scope__
        owner = getattr(model, str(holder(scope)))
        if reach is Reach.OWN:
            found = [self.held(owner, ctx.actor.id)]
        else:
            person = func.unnest(members(ctx, reach)).table_valued(column("id"), name="member").render_derived()
            each = self.held(owner, person.c.id).correlate(person).lateral("mine")
            team = select(each.c[0].label("id"), each.c.k).select_from(person).join(each, true())
            found = [team.order_by(turn(each.c.k), turn(each.c[0])).limit(self.limit)]
        found += [self.held(getattr(model, name), ctx.actor.id) for name in named(scope)]
        # What is granted is little: cut to a page, the planner would look for it through all rows in their order.
        return found + [self.rows(one) for one in grants(ctx, model, scope)]


def _indexed(model: Any, owner: Any, key: Any) -> bool:
    """Tell whether an index begins with these two."""
    wanted = [str(part.compile(dialect=DIALECT)).rpartition(".")[2] for part in (owner, key)]
    return any(
        [str(part.compile(dialect=DIALECT)).rpartition(".")[2] for part in index.expressions[:2]] == wanted
        for index in model.__table__.indexes
    )
