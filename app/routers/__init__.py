"""The API's nouns, all under /api/v1: every router of every file, those that are asked most first."""

import sys

from app import services
from app.core import found
from app.routers.route import PREFIX, NounRouter

__all__ = ["NOUNS", "PREFIX"]

services.load()


def _routers() -> list[NounRouter]:
    return [
        one
        for module in found.modules(sys.modules[__name__])
        for one in vars(module).values()
        if isinstance(one, NounRouter)
    ]


NOUNS: tuple[NounRouter, ...] = tuple(sorted(_routers(), key=lambda one: not one.busy))
"""In the order in which they are tried."""
