"""`make soak`: what takes too long for every change. Everything runs even when something failed before."""

from __future__ import annotations

import os
import sys

from setup import CLONE, PYTHON
from steps import end_with
from test import Count, run

TIMES = int(os.environ.get("TIMES", "12"))
"""So many examples for each that an ordinary run draws: what a machine can do in half an hour."""
RACES = 5
"""Turns of the tests in which many write at once."""


def main() -> None:
    """Run plans, random searches and races; end with the sum."""
    count = Count()
    pytest = [str(PYTHON), "-m", "pytest", "-q"]
    run("Plans of all lists at 100,000 customers", [*pytest, "-m", "soak", "tests/soak"], count)
    machines = sorted(str(file) for file in (CLONE / "tests" / "services").rglob("test_*_machine.py"))
    searches = [*machines, str(CLONE / "tests" / "contract" / "test_openapi.py")]
    run(f"Random searches, {TIMES} times as long", [*pytest, "-n", "2", *searches], count, SOAK=str(TIMES))
    races = sorted(str(file) for file in (CLONE / "tests").rglob("test_*concurrency*.py"))
    for turn in range(1, RACES + 1):
        run(f"Races, turn {turn} of {RACES}", [*pytest, *races], count)
    print(f"\n{count.passed} passed, {count.failed} failed", flush=True)
    end_with(count.failed)


if __name__ == "__main__":
    sys.exit(main())
