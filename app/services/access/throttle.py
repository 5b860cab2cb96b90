"""How often a password may be tried: counted before it is looked at, in a transaction of its own, so that tries side by side count too.

Strangers are counted by name and network, so nobody locks out somebody who is elsewhere; a device that logged in with
the name before has a counter of its own, so not even neighbours do. What turned out right is given back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, update
from sqlalchemy.dialects.postgresql import insert

from app.core.ctx import Ctx
from app.core.devices import Device
from app.core.errors import TooMany
from app.core.networks import network
from app.core.tokens import fingerprint
from app.models.access.auth import LoginCounter

WINDOW = timedelta(minutes=15)
TRIES_BY_NAME = 10
"""With one name, from one network or on one known device."""
TRIES_BY_NETWORK = 50
"""With any names, from one network, on devices that are not known."""


@dataclass(frozen=True)
class Counted:
    """The counters that a try was counted by, in the order in which they are locked."""

    keys: tuple[str, ...]


async def count(own: Ctx, name: str, device: Device, secret: str) -> Counted:
    """Count a try with a name; raise `TooMany` for one beyond the limit.

    `own` is a unit of work that commits by itself, whatever becomes of the try. Only hashes are stored.
    """
    limits = _limits(own, name, device, secret)
    for key, most in limits:
        made, since = await _add(own, key)
        if made > most:
            wait = max(1, int((since + WINDOW - own.now).total_seconds()))
            raise TooMany(
                "Too many failed log-ins; wait before the next try.",
                headers={"Retry-After": str(wait)},
                retry_after=wait,
            )
    return Counted(tuple(key for key, _ in limits))


async def give_back(ctx: Ctx, counted: Counted) -> None:
    """Count a try that was right no longer."""
    for key in counted.keys:
        fewer = func.greatest(LoginCounter.count - 1, 0)
        await ctx.session.execute(update(LoginCounter).where(LoginCounter.key == key).values(count=fewer))


def _limits(ctx: Ctx, name: str, device: Device, secret: str) -> list[tuple[str, int]]:
    if device.knows(secret, name):
        return [(fingerprint(f"device|{device.id}|{name}"), TRIES_BY_NAME)]
    here = network(ctx.ip)
    # The network comes first: names that were made up take no room beyond its limit.
    return [(fingerprint(f"network|{here}"), TRIES_BY_NETWORK), (fingerprint(f"name|{here}|{name}"), TRIES_BY_NAME)]


async def _add(own: Ctx, key: str) -> tuple[int, datetime]:
    """Add one to a counter, anew when its window is over; return what it says and since when. Others wait for the row."""
    is_over = LoginCounter.since <= own.now - WINDOW
    statement = insert(LoginCounter).values(key=key, count=1, since=own.now)
    statement = statement.on_conflict_do_update(
        index_elements=[LoginCounter.key],
        set_={
            "lgc_count": case((is_over, 1), else_=LoginCounter.count + 1),
            "lgc_since": case((is_over, own.now), else_=LoginCounter.since),
        },
    )
    made, since = (await own.session.execute(statement.returning(LoginCounter.count, LoginCounter.since))).one()
    return made, since
