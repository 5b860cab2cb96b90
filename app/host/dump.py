"""A database as one stream of bytes: PostgreSQL's own pg_dump and pg_restore, told where and whose snapshot."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from sqlalchemy.engine import make_url

from app.host.account import clean_environment
from app.host.binaries import find_client
from app.host.cluster import last_complaint
from app.host.errors import HostError

CHUNK = 1024 * 1024
LOCK_WAIT = "60s"


def dump(url: str, snapshot: str, major: int) -> Iterator[bytes]:
    """Return the database as it was at a snapshot that somebody holds, in the custom format. Raises `HostError`."""
    words, environment = _address(url)
    command = [find_client("pg_dump", major), *words, "--format=custom", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, f"--lock-wait-timeout={LOCK_WAIT}"], env=environment, stdout=subprocess.PIPE, stderr=said
        )
        try:
            while process.stdout and (chunk := process.stdout.read(CHUNK)):
                yield chunk
            _finish(process, said, "pg_dump")
        finally:
            _end(process)


def restore(url: str, chunks: Iterable[bytes], major: int) -> None:
    """Fill an empty database from a dump, all of it or nothing; everything belongs to who connects. Raises `HostError`."""
    words, environment = _address(url)
    command = [find_client("pg_restore", major), *words, "--no-owner", "--no-privileges"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [*command, "--single-transaction", "--exit-on-error"], env=environment, stdin=subprocess.PIPE, stderr=said
        )
        try:
            _feed(process, chunks)
            _finish(process, said, "pg_restore")
        finally:
            _end(process)


def _feed(process: "subprocess.Popen[bytes]", chunks: Iterable[bytes]) -> None:
    # Where it has ended, its last words say why.
    with suppress(BrokenPipeError):
        for chunk in chunks:
            if process.stdin:
                process.stdin.write(chunk)
    _close(process.stdin)


def _finish(process: "subprocess.Popen[bytes]", said: IO[bytes], name: str) -> None:
    if process.wait():
        said.seek(0)
        raise HostError(f"{name} failed: {last_complaint(said.read().decode(errors='replace'))}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    _close(process.stdin)
    _close(process.stdout)
    if process.poll() is None:
        process.kill()
        process.wait()


def _close(pipe: IO[bytes] | None) -> None:
    with suppress(BrokenPipeError):
        if pipe:
            pipe.close()


def _address(url: str) -> tuple[list[str], dict[str, str]]:
    """Return the words and the environment that say where to connect; the password is in no list of processes."""
    parsed = make_url(url)
    given = {"--host": parsed.host, "--port": parsed.port, "--username": parsed.username, "--dbname": parsed.database}
    environment = clean_environment()
    if parsed.password:
        environment["PGPASSWORD"] = str(parsed.password)
    if mode := parsed.query.get("sslmode"):
        environment["PGSSLMODE"] = str(mode)
    return [f"{word}={value}" for word, value in given.items() if value] + ["--no-password"], environment
