"""The statements of a list, each built once for all who ask the same question.

Rows are read by the list's order (`walks`), or by their keys where a text was found by its own index (`finds`).
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, any_, bindparam, or_, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.asked import Asked
from app.core.ctx import Ctx
from app.core.finds import finding
from app.core.guarded import shown
from app.core.keys import keys
from app.core.prepared import prepared
from app.core.scope import visible
from app.core.search import Match
from app.core.walks import Walk, among, counting, most, room

KEYS: Any = bindparam("keys_of_page", type_=ARRAY(BigInteger))


@dataclass(frozen=True)
class Finding:
    """The statement that finds a text; None where no index does, or the rows are joined from several tables."""

    statement: Any


def of_text(ctx: Ctx, asked: Asked) -> Any:
    """Return the statement that finds the text (a `Found`), None where no index does."""
    return _built(ctx, asked, ("found", *_page(asked)), _finding).statement


def of_order(ctx: Ctx, asked: Asked) -> Any:
    """Return the statement of a page that goes by the list's order."""
    return _built(ctx, asked, ("walk", *_page(asked)), _walking)


def of_keys(ctx: Ctx, asked: Asked) -> Any:
    """Return the statement of a page whose keys are known; they are its parameter `KEYS`."""
    return _built(ctx, asked, ("keys", asked.wanted), _by_keys)


def of_count(ctx: Ctx, asked: Asked) -> Any:
    """Return the statement that counts to the cap."""
    return _built(ctx, asked, "count", _counting)


def _page(asked: Asked) -> tuple[Hashable, ...]:
    return asked.wanted, asked.after is not None, most(asked.limit)


def _built(ctx: Ctx, asked: Asked, part: Hashable, build: Callable[[Ctx, Asked], Any]) -> Any:
    """Return a statement of the list; clauses of the caller carry values of this one call, and it is built for that."""
    if asked.more:
        return build(ctx, asked)
    filters = ((name, value if isinstance(value, bool) else type(value)) for name, value in asked.filters.items())
    key = (asked.listed, asked.right, asked.sought and asked.sought.form, *filters, part)
    return prepared(ctx, key, lambda asking: build(asking, asked))


def _clauses(asked: Asked) -> list[ColumnElement[bool]]:
    return [asked.listed.filters[name](_bind(name, value)) for name, value in asked.filters.items()] + list(asked.more)


def _ways(asking: Ctx, asked: Asked) -> tuple[Match, ...]:
    search = asked.listed.search
    return search(asking, asked.sought.form) if search and asked.sought else ()


def _order(asked: Asked) -> list[Any]:
    by = (asked.sort.expression, asked.listed.model.id)
    return [one.desc() if asked.descending else one.asc() for one in by]


def _finding(asking: Ctx, asked: Asked) -> Finding:
    ways, walk = _ways(asking, asked), Walk(asked.listed.model, tuple(_clauses(asked)), asked.right)
    if any(way.index is None for way in ways) or not _alone(asked, *walk.clauses, *(way.clause for way in ways)):
        return Finding(None)
    after = (lambda key, row_id: _after(asked, key, row_id)) if asked.after else None
    return Finding(finding(asking, walk, ways, _order(asked), after, room(asked.limit)))


def _walking(asking: Ctx, asked: Asked) -> Any:
    model, order = asked.listed.model, _order(asked)
    after = [_after(asked, asked.sort.expression, model.id)] if asked.after else []
    ways, clauses = _ways(asking, asked), _clauses(asked)
    if _alone(asked, *clauses, *(way.check for way in ways)):
        walk = Walk(model, (*clauses, *_any(way.check for way in ways), *after), asked.right)
        page = keys(asking, walk, order, room(asked.limit))
        return _selected(asking, asked).where(model.id.in_(page)).order_by(*order)
    where = [*clauses, *_any(way.clause for way in ways), *after, among(asking, model, asked.right)]
    return _selected(asking, asked).where(*where).order_by(*order).limit(room(asked.limit))


def _by_keys(asking: Ctx, asked: Asked) -> Any:
    model = asked.listed.model
    seen = visible(asking, model, asked.right)
    return _selected(asking, asked).where(model.id == any_(KEYS), seen).order_by(*_order(asked))


def _counting(asking: Ctx, asked: Asked) -> Any:
    checks = _any(way.check for way in _ways(asking, asked))
    return counting(asking, Walk(asked.listed.model, (*_clauses(asked), *checks), asked.right))


def _selected(asking: Ctx, asked: Asked) -> Any:
    listed = asked.listed
    flag = [shown(asking, listed.model)] if listed.guarded else []
    columns = select(*listed.columns, *flag, asked.sort.expression.label("sort_key")).select_from(listed.model)
    return listed.joins(asking, columns).execution_options(scoped="listed")


def _alone(asked: Asked, *clauses: Any) -> bool:
    """Tell whether the page's keys are found without the joins, and rows by them: not in a table of many parts."""
    model = asked.listed.model
    table = model.__table__
    tables = select(model.id, asked.sort.expression.label("k")).where(*clauses).get_final_froms()
    return tables == [table] and len(table.primary_key.columns) == 1


def _after(asked: Asked, key: Any, row_id: Any) -> ColumnElement[bool]:
    """Return the clause of the rows behind the cursor's place."""
    place = tuple_(key, row_id)
    mark = tuple_(bindparam("after_key", type_=asked.sort.expression.type), bindparam("after_id", type_=BigInteger))
    return place < mark if asked.descending else place > mark


def _any(clauses: Any) -> list[ColumnElement[bool]]:
    either = list(clauses)
    return [or_(*either)] if either else []


def _bind(name: str, value: Any) -> Any:
    """Return the parameter of a filter; a truth value stays itself, since SQL says `IS TRUE` with a word."""
    if isinstance(value, bool):
        return value
    return bindparam(f"of_{name}", expanding=isinstance(value, list))
