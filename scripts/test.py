"""`make test`: the checks, the tests on a real PostgreSQL, the SPA's unit tests, and browser tests of the built SPA.

Everything runs even when something failed before; the last line is `N passed, N failed`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass

from browser import kiths_with_demo_company
from check import check
from setup import CLONE, PYTHON, WEB, node_path
from steps import end_with

BROWSERS = 2
"""At once, each with a Kith of its own."""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Count:
    """Passed and failed so far."""

    passed: int = 0
    failed: int = 0

    def add(self, passed: int, failed: int) -> None:
        """Add one runner's figures."""
        self.passed += passed
        self.failed += failed


def run(title: str, command: list[str], count: Count, **more: str) -> None:
    """Run one test runner, pass its words through, and count what its closing lines say.

    A runner that ends badly without naming a failed test counts as one failure.
    """
    print(f"\n== {title}", flush=True)
    environment = {**os.environ, "PATH": node_path(), "PYTHONPATH": str(CLONE), "NO_COLOR": "1", **more}
    cwd = WEB if command[0] == "npm" else CLONE
    runner = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    lines: list[str] = []
    for line in runner.stdout or ():
        print(line, end="", flush=True)
        lines.append(COLOURS.sub("", line))
    code = runner.wait()
    passed, failed = figures(lines[-40:])
    count.add(passed, max(failed, 1) if code else failed)


def figures(lines: list[str]) -> tuple[int, int]:
    """Return passed and failed from the last lines of pytest, Vitest or Playwright.

    pytest: `= 3 passed, 1 failed in 2.1s =`; Vitest: `Tests  1 failed | 3 passed (4)`; Playwright: `1 failed`, `3 passed (9s)`.
    """
    found = {"passed": 0, "failed": 0, "error": 0, "flaky": 0}
    for line in lines:
        if line.lstrip().startswith("Test Files"):
            continue
        for number, word in re.findall(r"(?:^|[\s=|])(\d+) (passed|failed|error|flaky)", line):
            found[word] = int(number)
    return found["passed"], found["failed"] + found["error"] + found["flaky"]


def side_by_side() -> list[str]:
    """Return what lets two processes share the tests, each with a PostgreSQL of its own; a given one serves one process.

    Tests that read the same costly thing are a group: one process makes it.
    """
    return [] if os.environ.get("TEST_DATABASE_URL") else ["-n", "2", "--dist", "loadgroup"]


def main() -> None:
    """Run everything and end with the sum."""
    count = Count()
    print("== Checks", flush=True)
    count.add(*check())
    run(
        "Tests on a real PostgreSQL (pytest)",
        [str(PYTHON), "-m", "pytest", "-q", "--durations=25", *side_by_side()],
        count,
    )
    run("Unit tests of the SPA (Vitest)", ["npm", "run", "--silent", "test"], count)
    try:
        with kiths_with_demo_company(BROWSERS) as addresses:
            run(
                "Browser tests of the built SPA (Playwright)",
                ["npm", "run", "--silent", "e2e"],
                count,
                BASE_URL=" ".join(addresses),
            )
    except RuntimeError as error:
        print(error, flush=True)
        count.add(0, 1)
    print(f"\n{count.passed} passed, {count.failed} failed", flush=True)
    end_with(count.failed)


if __name__ == "__main__":
    sys.exit(main())
