"""What a constraint means to a person: PostgreSQL enforces, one table explains, by the constraint's name."""

from sqlalchemy.exc import StatementError

from app.core.errors import AppError, Conflict, FieldError, Invalid

_MEANINGS: dict[str, FieldError] = {}


def explain(name: str, pointer: str, code: str, message: str) -> None:
    """Declare which field a constraint guards and what to say when it refuses."""
    _MEANINGS[name] = {"pointer": pointer, "code": code, "message": message}


def meaning(name: str) -> FieldError:
    """Return what was declared of a constraint: who looks before the database does says the same."""
    return _MEANINGS[name]


def explained() -> frozenset[str]:
    """Return the names that have an explanation, for the guard that compares them with the schema."""
    return frozenset(_MEANINGS)


def violation(name: str, sqlstate: str) -> AppError:
    """Return the error for a refused row: 409 for what is taken, 422 for values that do not fit."""
    known = _MEANINGS.get(name)
    if sqlstate == "23505":
        if known is None:
            return Conflict("This value is taken.", constraint=name)
        return Conflict(known["message"], errors=[known])
    if known is None:
        known = {"pointer": "", "code": "constraint", "message": "A value refers to nothing, or does not fit."}
    return Invalid(**known, constraint=name)


def broken(error: StatementError) -> AppError:
    """Return what a statement that broke a constraint (SQLSTATE 23…) says to a person."""
    cause = getattr(error.orig, "__cause__", None)
    return violation(str(getattr(cause, "constraint_name", "") or ""), str(getattr(error.orig, "sqlstate", "") or ""))
