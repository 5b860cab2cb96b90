"""`make test`: the checks, the tests on a real PostgreSQL, the SPA's unit tests, and browser tests of the built SPA.

Everything runs even when something failed before; the last line is `N passed, N failed`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser import kiths_with_demo_company
from check import check
from setup import CLONE, PYTHON, WEB, node_path
from steps import end_with

BROWSERS = 2
"""At once, each with a Kith of its own."""
REPORT = WEB / "test-results" / "report.json"
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


def slowest(report: Path, most: int = 20) -> list[str]:
    """Return the browser tests that took longest, as pytest tells its own; none where there is no report."""
    found: list[tuple[float, str]] = []

    def walk(suite: dict[str, Any], above: str) -> None:
        name = f"{above} › {suite['title']}" if above else suite["title"]
        for spec in suite.get("specs", []):
            for test in spec["tests"]:
                milliseconds = sum(result["duration"] for result in test["results"])
                found.append((milliseconds / 1000, f"[{test['projectName']}] {name} › {spec['title']}"))
        for below in suite.get("suites", []):
            walk(below, name)

    if report.exists():
        for suite in json.loads(report.read_text(encoding="utf-8"))["suites"]:
            walk(suite, "")
    return [f"{seconds:6.1f} s  {name}" for seconds, name in sorted(found, reverse=True)[:most]]


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
        print("\nThe slowest browser tests", *slowest(REPORT), sep="\n", flush=True)
    except RuntimeError as error:
        print(error, flush=True)
        count.add(0, 1)
    print(f"\n{count.passed} passed, {count.failed} failed", flush=True)
    end_with(count.failed)


if __name__ == "__main__":
    sys.exit(main())
