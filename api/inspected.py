"""What FastAPI finds out of the fields of a query, once for each annotation instead of with every request.

A list has some fifteen parameters; whether each may come several times was found by taking its annotation apart, three
times a request: a seventh of a list's time. The answer depends on the annotation alone.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from fastapi.dependencies import utils

NAME = "field_annotation_is_sequence"
MOST = 4096
"""Annotations; the routes have a few hundred."""


def once(look: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return the same question, answered from memory where the annotation can be a key."""
    known = lru_cache(MOST)(look)

    def answer(annotation: Any) -> bool:
        try:
            return known(annotation)
        except TypeError:  # such as one that carries a list
            return look(annotation)

    return answer


def remember() -> None:
    """Have FastAPI ask so; it fails at the start where a release of FastAPI asks otherwise."""
    setattr(utils, NAME, once(getattr(utils, NAME)))
