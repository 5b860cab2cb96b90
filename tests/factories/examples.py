"""How long random searches search."""

import os


def examples(few: int) -> int:
    """Return how many examples to draw: few in every run, more of them in `make soak`."""
    return few * int(os.environ.get("SOAK", "1"))
