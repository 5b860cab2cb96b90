"""The file of a backup: a tar of parts with their checksums, which is there whole or not at all."""

import errno
import hashlib
import json
import os
import tarfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from app.host.errors import HostError

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
CHUNK = 1024 * 1024
BLOCK = tarfile.BLOCKSIZE


class ArchiveWriter:
    """Write parts under a temporary name beside `target`; the name is given when everything is on disk.

    Only its owner may read it. Raises `HostError` when `target` is there already (unless `force`), or cannot be written.
    """

    def __init__(self, target: Path, *, force: bool = False) -> None:
        self._target, self._force = target.absolute(), force
        self._unfinished = self._target.with_name(f".{target.name}.tmp{os.getpid()}")
        self._parts: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        self._keep_what_is_there()
        try:
            self._file: IO[bytes] = os.fdopen(
                os.open(self._unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"
            )
        except OSError as error:
            raise self._why(error) from error
        return self

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a part whose size is known at its end only: its header is written afterwards, in the room left for it."""
        start, size, digest = self._file.tell(), 0, hashlib.sha256()
        try:
            self._file.write(bytes(BLOCK))
            for chunk in chunks:
                self._file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            self._file.write(bytes(-size % BLOCK))
            end = self._file.tell()
            self._file.seek(start)
            self._file.write(_header(name, size))
            self._file.seek(end)
        except OSError as error:
            raise self._why(error) from error
        self._parts[name] = {"size": size, "sha256": digest.hexdigest()}

    def finish(self, facts: dict[str, Any]) -> None:
        """Add the manifest (what is told of the parts, and their checksums), and give the file its name."""
        manifest = json.dumps(facts | {"parts": self._parts}, ensure_ascii=False, indent=2).encode()
        self.add(MANIFEST, [manifest])
        self.add(SEAL, [hashlib.sha256(manifest).hexdigest().encode()])
        try:
            self._file.write(bytes(2 * BLOCK))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._keep_what_is_there()
            self._unfinished.replace(self._target)
            _settle(self._target.parent)
        except OSError as error:
            raise self._why(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk: it was told when the part was written
            self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def _keep_what_is_there(self) -> None:
        if self._target.exists() and not self._force:
            raise HostError(f"{self._target} is there already: choose another name, or replace it with --force.")

    def _why(self, error: OSError) -> HostError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return HostError(f"The disk of {self._target.parent} is full: nothing was written.")
        return HostError(f"{self._target} cannot be written ({error.strerror}): nothing was written.")


class Archive:
    """A backup to be read. Raises `HostError` for what is no backup, or is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with tarfile.open(path, "r:") as tar:
                self._members = {member.name: (member.offset_data, member.size) for member in tar}
        except (OSError, tarfile.TarError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            raise HostError(f"{path} cannot be read as a backup: {reason}.") from error
        text = b"".join(self.part(MANIFEST))
        if hashlib.sha256(text).hexdigest().encode() != b"".join(self.part(SEAL)):
            raise self._damaged(MANIFEST)
        self.manifest: dict[str, Any] = json.loads(text)

    def check(self) -> None:
        """Read every part and compare its checksum; raise `HostError` that names the first damaged one."""
        for name, told in self.manifest["parts"].items():
            digest = hashlib.sha256()
            for chunk in self.part(name):
                digest.update(chunk)
            if digest.hexdigest() != told["sha256"]:
                raise self._damaged(name)

    def part(self, name: str) -> Iterator[bytes]:
        """Return the bytes of a part, a piece at a time."""
        if name not in self._members:
            raise HostError(f"{self._path} is no backup of Kith, or is cut off: it has no {name}.")
        start, left = self._members[name]
        with self._path.open("rb") as file:
            file.seek(start)
            while left:
                chunk = file.read(min(CHUNK, left))
                if not chunk:
                    raise self._damaged(name)
                yield chunk
                left -= len(chunk)

    def _damaged(self, name: str) -> HostError:
        return HostError(f"{name} in {self._path} is damaged, its checksum is another: use another backup.")


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(time.time())
    return member.tobuf(tarfile.GNU_FORMAT)


def _settle(folder: Path) -> None:
    """Let the new name reach the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
