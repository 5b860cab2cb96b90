"""What every way of coming in shares: what is needed at a door, and what somebody has who came in by it."""

from dataclasses import dataclass

from app.core.ctx import Apart, Ctx
from app.core.devices import Device
from app.core.lookalikes import typable
from app.core.tokens import Tokens
from app.models.access.users import User
from app.services.access import sessions
from app.services.access.sessions import Session


@dataclass(frozen=True)
class Entered:
    """Somebody who came in by a secret of theirs: the session, and the device that is known from now on."""

    session: Session
    device: Device


@dataclass(frozen=True)
class Door:
    """What every door needs beside the words that are said at it: the key, whose device it is, a unit to count in."""

    tokens: Tokens
    secret: str
    device: Device
    apart: Apart


async def enter(ctx: Ctx, door: Door, user: User, how: str) -> Entered:
    """Sign somebody in; `how` is what the log calls it."""
    session = await sessions.begin(ctx, door.tokens, user, how)
    return Entered(session, door.device.after(door.secret, typable(user.user_name)))
