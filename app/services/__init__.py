"""Rules and SQL: plain async functions, one file per noun; the first argument is the `Ctx`."""

import sys

from app.core import found, nouns


def load() -> None:
    """Import every service, and with them all declarations of nouns: `core.nouns` is complete from here on."""
    found.modules(sys.modules[__name__])
    nouns.REGISTER.close()
