"""Which facts of a customer a person may give, and which they must.

An administrator decides in the settings what is required of people. Imports are exempt: another system's rows would be
lost for what that system does not know. So is the customer that a won chance makes: a win must not wait for paperwork.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.ctx import Ctx
from app.core.errors import FieldError, Invalid
from app.core.guarded import refuse
from app.models.customers.customers import Customer
from app.schemas.customers.customers import CustomerWrite
from app.services.base import settings


async def check_new(ctx: Ctx, body: CustomerWrite, *, sees_finance: bool) -> None:
    """Check the facts of a new customer, all of which must be there.

    Raises `Forbidden` for financial facts out of reach, `Invalid` at each required fact that is missing.
    """
    given = body.model_dump(exclude_none=True)
    _check_finance(given, sees_finance=sees_finance)
    _refuse(name for name in await _required(ctx, sees_finance=sees_finance) if name not in given)


async def check_change(ctx: Ctx, facts: Mapping[str, Any], *, sees_finance: bool) -> None:
    """Check a change; raise like `check_new`. What was empty before may stay so as long as it is not sent empty."""
    _check_finance(facts, sees_finance=sees_finance)
    emptied = {name for name, value in facts.items() if value is None}
    if emptied:
        _refuse(name for name in await _required(ctx, sees_finance=sees_finance) if name in emptied)


def _check_finance(facts: Mapping[str, Any], *, sees_finance: bool) -> None:
    if Customer.__guarded__.among(facts) and not sees_finance:
        raise refuse(Customer, "The financial facts of this customer are not yours to see or change.")


async def _required(ctx: Ctx, *, sees_finance: bool) -> list[str]:
    """Return the facts that must be given, without those that the person could not give."""
    rules = await settings.values(ctx.session)
    unseen = set() if sees_finance else set(Customer.__guarded__.fields)
    return [name for name in rules["customers.required"] if name not in unseen.union(rules["customers.hidden"])]


def _refuse(missing: Iterable[str]) -> None:
    errors = [FieldError(pointer=f"/{name}", code="required", message="This cannot be empty.") for name in missing]
    if errors:
        first, *more = errors
        raise Invalid(first["pointer"], first["code"], first["message"], more=more)
