"""Where an installation keeps its data, and the secrets and run file that lie there."""

import hashlib
import os
import secrets
from pathlib import Path

from app.host.errors import HostError

CLONE = Path(__file__).resolve().parents[2]
SYSTEM_DATA = Path("/var/lib/kith")
SHORTEST_KEY = 32


def data_dir() -> Path:
    """Return DATA_DIR, else `var` in the clone, else for root a folder that PostgreSQL's account can enter.

    Root's folder is named after the clone and its path, so that it is the same at every start and differs between clones.
    """
    if chosen := os.environ.get("DATA_DIR"):
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0 and not os.environ.get("DATABASE_URL"):
        mark = hashlib.sha256(os.fsencode(CLONE)).hexdigest()[:8]
        return SYSTEM_DATA / f"{CLONE.name}-{mark}"
    return CLONE / "var"


def open_data_dir() -> Path:
    """Make the data folder when it is not there; only its owner may list it."""
    folder = data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise HostError(
            f"The data folder {folder} cannot be made ({error.strerror}): choose another with DATA_DIR."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HostError(f"The data folder {folder} cannot be written by this user: choose another with DATA_DIR.")
    return folder


def secret_key(folder: Path) -> str:
    """Return SECRET_KEY, else the key kept in the data folder, made at the first start."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = folder / "secret_key"
    try:
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        key = path.read_text().strip()
    except OSError as error:
        raise HostError(
            f"The key in {path} cannot be read ({error.strerror}): start Kith as the user that owns it."
        ) from error
    if len(key) < SHORTEST_KEY:
        raise HostError(
            f"The key in {path} is damaged: restore it from a backup, or delete it, which logs everybody out."
        )
    return key


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.tmp{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)
