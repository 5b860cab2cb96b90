"""Devices that logged in before: a random id with a mark, under the server's key, for each log-in name that succeeded.

Nothing of it is stored here. Whoever holds the text is told apart from strangers, and let in no further.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

ID, MARK = 32, 32
"""Letters."""
MOST_NAMES = 5
SHAPE = re.compile(rf"[0-9a-f]{{{ID}}}(\.[0-9a-f]{{{MARK}}}){{0,{MOST_NAMES}}}")


def _new_id() -> str:
    return secrets.token_hex(ID // 2)


@dataclass(frozen=True)
class Device:
    """One browser or app, and the names that it may be known by, the newest last."""

    id: str = field(default_factory=_new_id)
    marks: tuple[str, ...] = ()

    def knows(self, secret: str, name: str) -> bool:
        """Tell whether somebody logged in with this name here before."""
        mark = self._mark(secret, name)
        return any(hmac.compare_digest(mark, one) for one in self.marks)

    def after(self, secret: str, name: str) -> "Device":
        """Return the device as it is after a log-in with this name."""
        mark = self._mark(secret, name)
        others = tuple(one for one in self.marks if one != mark)
        return Device(self.id, (*others, mark)[-MOST_NAMES:])

    def _mark(self, secret: str, name: str) -> str:
        return hmac.new(secret.encode(), f"device|{self.id}|{name}".encode(), hashlib.sha256).hexdigest()[:MARK]

    def __str__(self) -> str:
        """Return what the device keeps."""
        return ".".join((self.id, *self.marks))


def read(text: str | None) -> Device:
    """Return the device that a text speaks of; a new one where it does not."""
    if not text or not SHAPE.fullmatch(text):
        return Device()
    found, *marks = text.split(".")
    return Device(found, tuple(marks))
