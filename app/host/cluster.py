"""The data folder of PostgreSQL: made once, whole or not at all, and checked before every start."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.host.account import Account, clean_environment
from app.host.binaries import Binaries
from app.host.errors import HostError

DATABASE = OWNER = "kith"
APPLICATION = "kith_app"
"""The role that only reads and writes rows; what it may do is given by the migrations."""
PASSWORDS = {OWNER: "password", APPLICATION: "app-password"}
"""In which file beside the data folder each role's password lies."""
BUILTIN_LOCALE_SINCE = 17


@dataclass(frozen=True)
class Cluster:
    """`home` holds the data folder and, beside it, what PostgreSQL itself must not see: password, port, log."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls PGDATA."""
        return self.home / "data"

    def password(self, role: str) -> str:
        """Return the password of one of the two roles."""
        file = self.home / PASSWORDS[role]
        try:
            return file.read_text()
        except OSError as error:
            msg = f"The database password in {file} cannot be read ({error.strerror}): restore the file."
            raise HostError(msg) from error

    def major(self) -> int | None:
        """Return the major version that wrote the data folder, None when there is none yet."""
        if not self.data.exists() or not any(self.data.iterdir()):
            return None
        if self.data.stat().st_uid != self.account.uid:
            msg = f"{self.data} belongs to another user (id {self.data.stat().st_uid}): start Kith as that user, or choose another DATA_DIR."
            raise HostError(msg)
        try:
            return int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            msg = f"{self.data} is no data folder of PostgreSQL (it has no readable PG_VERSION): restore it from a backup, or move it away to begin anew."
            raise HostError(msg) from None

    def initialise(self, binaries: Binaries, options: Sequence[str] = ()) -> None:
        """Make the data folder under a temporary name and rename it when it is complete."""
        for leftover in self.home.glob("data.tmp*"):
            shutil.rmtree(leftover, ignore_errors=True)
        unfinished = self.home / f"data.tmp{os.getpid()}"
        unfinished.mkdir(mode=0o700)
        admin = self._secret_file("admin-password", lend=True)
        self._secret_file("password")
        self.account.own(unfinished)
        self.run(
            [
                binaries.program("initdb"),
                f"--pgdata={unfinished}",
                "--username=postgres",
                "--encoding=UTF8",
                "--auth=scram-sha-256",
                f"--pwfile={admin}",
                "--data-checksums",
                "--no-instructions",
                *_locale(binaries.major),
                *options,
            ],
        )
        self._create_database(binaries, unfinished)
        unfinished.rename(self.data)

    def run(
        self, command: Sequence[str], *, script: str | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the account, away from the caller's folder and locale."""
        done = subprocess.run(
            command,
            input=script,
            capture_output=True,
            text=True,
            errors="replace",
            cwd=self.home,
            env=clean_environment(),
            check=False,
            user=self.account.uid if self.account.lent else None,
            group=self.account.gid if self.account.lent else None,
            extra_groups=[] if self.account.lent else None,
        )
        if check and done.returncode:
            said = (done.stderr or done.stdout).strip()
            msg = f"{Path(command[0]).name} failed: {last_complaint(said)}"
            raise HostError(msg)
        return done

    def _create_database(self, binaries: Binaries, folder: Path) -> None:
        # Single-user mode: role and database exist before anything can connect. The role is no superuser.
        script = (
            f"create role {OWNER} login createdb password '{self.password(OWNER)}'\n"
            f"create database {DATABASE} owner {OWNER}\n"
        )
        self._single_user(binaries, folder, script)

    def add_application(self, binaries: Binaries) -> None:
        """Make the application's role in a data folder that has none yet; the server must not run.

        Its password gets its name last: an interrupted start begins anew at the next one.
        """
        kept = self.home / PASSWORDS[APPLICATION]
        if kept.exists():
            return
        coming = self._secret_file(f"{kept.name}.new")
        script = (
            f"do $$ begin if not exists (select from pg_roles where rolname = '{APPLICATION}') then "
            f"create role {APPLICATION}; end if; end $$\n"
            f"alter role {APPLICATION} login password '{coming.read_text()}'\n"
        )
        self._single_user(binaries, self.data, script)
        coming.rename(kept)

    def _single_user(self, binaries: Binaries, folder: Path, script: str) -> None:
        # One statement a line. A failed one is only told of, and the program ends as if all were well.
        done = self.run([binaries.program("postgres"), "--single", "-D", str(folder), "postgres"], script=script)
        if re.search(r"\b(ERROR|FATAL|PANIC):", done.stderr):
            msg = f"postgres failed: {last_complaint(done.stderr)}"
            raise HostError(msg)

    def _secret_file(self, name: str, *, lend: bool = False) -> Path:
        path = self.home / name
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(24))
        if lend:
            self.account.own(path)
        return path


def last_complaint(text: str) -> str:
    """Return the last line that PostgreSQL marked as an error, else its last words."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line for line in lines if re.search(r"\b(FATAL|PANIC|ERROR|error):", line)]
    if marked:
        return re.sub(r"^.*?\b(FATAL|PANIC|ERROR|error):\s*", "", marked[-1])
    return " ".join(lines[-3:]) or "it said nothing"


def _locale(major: int) -> list[str]:
    # Sorting by code point, but letters of every script: Chinese trigrams need a UTF-8 LC_CTYPE.
    if major >= BUILTIN_LOCALE_SINCE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
    return ["--locale=C.UTF-8"]
