"""Runs commands as named steps, two at a time when they may, and tells what failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from setup import CLONE, PYTHON, VENV, WEB, node_path

AT_ONCE = 2


@dataclass(frozen=True)
class Step:
    """One command; `cwd` is the clone, or frontend/ for npm."""

    name: str
    command: list[str]
    cwd: Path = CLONE


def python(name: str, *words: str) -> Step:
    """Return a step that runs a Python module of the environment."""
    return Step(name, [str(PYTHON), "-m", *words])


def tool(name: str, program: str, *words: str) -> Step:
    """Return a step that runs a console script of the environment, wherever the clone has moved to."""
    return Step(name, [str(PYTHON), str(VENV / "bin" / program), *words])


def script(name: str, file: str, *words: str) -> Step:
    """Return a step that runs one of these scripts."""
    return Step(name, [str(PYTHON), str(CLONE / "scripts" / file), *words])


def npm(name: str, *words: str) -> Step:
    """Return a step that runs a script of frontend/package.json."""
    return Step(name, ["npm", "run", "--silent", *words], WEB)


def run_all(steps: list[Step], at_once: int = AT_ONCE) -> int:
    """Run the steps, print what the failed ones said, and return how many failed."""
    environment = {**os.environ, "PATH": node_path(), "PYTHONPATH": str(CLONE), "NO_COLOR": "1"}
    with ThreadPoolExecutor(at_once) as pool:
        return sum(not passed for passed in pool.map(lambda step: _run(step, environment), steps))


def _run(step: Step, environment: dict[str, str]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=step.cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    passed = done.returncode == 0
    mark = "ok  " if passed else "FAIL"
    said = "" if passed else f"\n{done.stdout.rstrip()}"
    print(f"{mark} {step.name} ({time.monotonic() - begun:.0f} s){said}", flush=True)
    return passed


def end_with(failed: int) -> None:
    """End the process as its steps ended."""
    sys.exit(1 if failed else 0)
