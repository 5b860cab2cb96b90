"""One owner for a folder: an advisory file lock that the kernel drops when its holder dies."""

import fcntl
from pathlib import Path
from typing import IO

from app.host.errors import HostError


class FolderLock:
    """Hold `folder`/lock from `acquire` until `release`, or until the process ends in any way."""

    def __init__(self, folder: Path, refusal: str) -> None:
        self._path = folder / "lock"
        self._refusal = refusal
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise the refusal when another process holds it."""
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise HostError(self._refusal) from None
        self._file = file

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._file:
            self._file.close()
            self._file = None
