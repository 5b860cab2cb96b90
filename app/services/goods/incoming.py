"""What is on its way into stock, as columns of whatever names a product: promised by suppliers, not yet to be reserved."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, ScalarSelect, func, literal_column, select

from app.models.goods.arrivals import COMING, Arrival

EXPECTED: ColumnElement[bool] = literal_column(str(COMING), Boolean)
"""In the words of the index, so that the planner knows it again."""


def of(product_id: Any, *where: ColumnElement[bool]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return `in_transit`, the pieces that are still to come of a product, and `expected_on`, when the first of them are.

    `product_id` is a column of the statement that takes them; so are those that `where` compares with.
    """

    def still(value: ColumnElement[Any]) -> ScalarSelect[Any]:
        statement = select(value).where(Arrival.product_id == product_id, EXPECTED, *where)
        return statement.correlate_except(Arrival).scalar_subquery()

    pieces = func.coalesce(func.sum(Arrival.count - Arrival.received), 0)
    return still(pieces).label("in_transit"), still(func.min(Arrival.expected_on)).label("expected_on")
