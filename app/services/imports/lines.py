"""A row of an import on its way: what was given, what is wrong with it, what was set aside, what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter

from app.core.ctx import Ctx
from app.core.errors import FieldError
from app.core.messages import Language, sendable, told, with_value
from app.schemas.imports.imports import GivenRow, Wrong
from app.schemas.imports.keys import OWN
from app.schemas.imports.spots import Spot, optional
from app.services.imports.keys import Key, own_key

UNFIT = {"not_in_dictionary", "not_found", "taken", "circle", "other_customer"}
"""Refusals that are of one value alone; the others say that the row as a whole cannot be."""


STAYS = "Somebody changed this since it was imported; it stays."


@dataclass
class Line:
    """A row on its way: what was given, what is wrong with it, the record it meets and what it will say."""

    place: int
    external_id: str | None
    given: Any
    key: Key | None = None
    id: int | None = None
    row: Any = None
    facts: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    set_aside: list[Wrong] = field(default_factory=list)
    tolerant: bool = False
    """Whether a value that the row can do without is set aside where it does not fit."""
    theirs: set[str] = field(default_factory=set)
    """The attributes that people changed since the record was imported."""
    kept: list[Wrong] = field(default_factory=list)
    outcome: str = "refused"
    changed: bool = False
    """Whether a record that was met has changed otherwise than the log tells (stock has a ledger)."""
    part: str = ""
    """The part of the row that is told now (`rounds/0`): what is refused meanwhile is said of it."""
    called: dict[str, str] = field(default_factory=dict)
    """What the row calls a field of the body that is told now: body -> row."""

    @property
    def says(self) -> set[str]:
        """Return the fields that the row speaks of, besides what names its record."""
        said: set[str] = self.given.model_fields_set
        return said - set(OWN)

    def has(self, *names: str) -> bool:
        """Tell whether the row speaks of any of these fields."""
        return not self.given.model_fields_set.isdisjoint(names)

    def parts(self) -> list[BaseModel]:
        """Return the parts in the lists of the row."""
        lists = [value for _, value in self.given if isinstance(value, list)]
        return [part for parts in lists for part in parts if isinstance(part, BaseModel)]

    def value(self, name: str) -> Any:  # of the type that the field named has
        """Return what the row says of a field, or of one of a part (`rounds/0/dealt_by_external_id`)."""
        found = self.given
        for step in name.split("/"):
            found = found[int(step)] if step.isdigit() else getattr(found, step)
        return found

    def refuse(self, name: str, code: str, message: str) -> None:
        """Note what is wrong with a field, or set its value aside where the row can do without it.

        Of a part (`payments/0/method`) the value is emptied in what was given.
        """
        where: Spot = tuple(int(step) if step.isdigit() else step for step in name.split("/"))
        if self.tolerant and code in UNFIT and optional(type(self.given), where):
            holder = self.given
            for step in where[:-1]:
                holder = holder[step] if isinstance(step, int) else getattr(holder, step)
            if all(name != wrong.pointer for wrong in self.set_aside):  # a row may be read once more
                self.set_aside.append(Wrong(name, code, message, _plain(getattr(holder, str(where[-1]), None))))
            if len(where) > 1:
                setattr(holder, str(where[-1]), None)
            self.facts.pop(name, None)
            return
        self.fail(name, code, message)

    def fail(self, name: str, code: str, message: str) -> None:
        """Note what is wrong with a field that the row cannot do without, whatever its form says."""
        pointer = f"/rows/{self.place}/{name}".rstrip("/")
        self.errors.append({"pointer": pointer, "code": code, "message": message})

    def keep(self, name: str, message: str = STAYS, *, told: bool = True) -> None:
        """Leave a field as a person set it, and tell so with what was sent."""
        if told:
            self.kept.append(Wrong(name, "kept", message, _plain(self.value(name))))
        self.leave_out(name)

    def leave_out(self, name: str) -> None:
        """Let the row say nothing of a field; parts stay."""
        if name not in self.given.model_fields_set:
            return
        default = type(self.given).model_fields[name]
        if not default.is_required():
            setattr(self.given, name, default.get_default(call_default_factory=True, validated_data={}))
        self.given.model_fields_set.discard(name)

    def about(self, part: str = "", **called: str) -> None:
        """Say which part of the row is told next, and what it calls the fields of the body by which it is told."""
        self.part, self.called = part, called

    def now(self, name: str, default: Any = None) -> Any:  # the same
        """Return what the record will say: the row's fact, else the present value, else the default."""
        return self.facts[name] if name in self.facts else getattr(self.row, name, default)

    def changes(self) -> dict[str, Any]:
        """Return the facts that differ from the record."""
        return {name: value for name, value in self.facts.items() if getattr(self.row, name) != value}

    def result(self, language: Language) -> dict[str, Any]:
        """Return what became of the row."""
        return {
            "row": self.place,
            "external_id": self.external_id,
            "outcome": self.outcome,
            "id": None if self.errors else self.id,
            "errors": [error | {"message": told(error["message"], language)} for error in self.errors],
            "set_aside": [self._left(wrong, language) for wrong in self.set_aside],
            "kept": [self._left(wrong, language) for wrong in self.kept],
        }

    def _left(self, wrong: Wrong, language: Language) -> dict[str, Any]:
        pointer, value = f"/rows/{self.place}/{wrong.pointer}", sendable(wrong.value)
        return {"pointer": pointer, "value": value, "message": told(wrong.message, language)}


def moment(ctx: Ctx, value: Any) -> Any:  # what is no date stays what it is
    """Return a moment; a date means midnight in the company's time zone."""
    return ctx.start_of(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def _plain(value: Any) -> Any:  # whatever JSON can say
    """Return a value of a row as it can be told: a number, a truth or a text."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return value if value is None or isinstance(value, str | int) else TypeAdapter(Any).dump_python(value, mode="json")


def line_of(ctx: Ctx, place: int, row: GivenRow, *, tolerant: bool) -> Line:
    """Return a row on its way with what is wrong with its values."""
    key = own_key(row.values) if row.values else None
    line = Line(place, row.external_id, row.values, key, set_aside=[*row.set_aside], tolerant=tolerant)
    for wrong in row.wrong:
        # Said with its value here, and so in the caller's language: what is said twice stays as it is.
        line.refuse(wrong.pointer, wrong.code, with_value(told(wrong.message, ctx.language), wrong.value, ctx.language))
    return line
