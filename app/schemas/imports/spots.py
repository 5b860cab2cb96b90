"""Where in a row of an import a value stands, and whether the row can do without it, in its lists of parts too."""

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

Spot = tuple[int | str, ...]


class Firm:
    """Marks what a row may leave out but not lose: left out it is not empty, or another value needs it."""


FIRM = Firm()


def spot(place: Spot) -> Spot:
    """Return the field that an error is of: of a row, or of a part in one of its lists (`lines`, 0, `unit`)."""
    return place[:3] if len(place) > 1 and isinstance(place[1], int) else place[:1]


def optional(model: type[BaseModel], where: Spot) -> bool:
    """Tell whether a row may do without a field: left out, it is empty."""
    if len(where) > 1:
        model = part_of(model, str(where[0]))
    found = model.model_fields.get(str(where[-1]))
    return found is not None and not found.is_required() and found.default is None and FIRM not in found.metadata


def part_of(model: type[BaseModel], name: str) -> type[BaseModel]:
    """Return what the parts in a list of a row are; what has no parts has no fields."""
    found = model.model_fields.get(name)
    pending = [found.annotation] if found else []
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
        pending += get_args(one)
    return BaseModel


def value_at(row: Any, where: Spot) -> Any:
    """Return what was sent at a spot; raise `LookupError` where nothing was."""
    for step in where:
        row = row[step]
    return row


def without(row: dict[str, Any], spots: Iterable[Spot]) -> dict[str, Any]:
    """Return a row without what stands at some spots."""
    kept = dict(row)
    for name, *inside in spots:
        if not inside:
            del kept[str(name)]
            continue
        place, field = inside
        kept[str(name)] = [
            {key: one for key, one in part.items() if key != field} if n == place else part
            for n, part in enumerate(kept[str(name)])
        ]
    return kept
