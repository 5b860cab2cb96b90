"""How other `crm` commands find a running Kith: one private file in the data folder."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from app.host.errors import HostError
from app.host.place import data_dir, open_data_dir, secret_key, write_private


@dataclass(frozen=True)
class Running:
    """A Kith that runs: its process, where people reach it, where its database is for each role, whether it answers."""

    pid: int
    address: str
    database_url: str
    owner_database_url: str = ""
    ready: bool = False

    def announce(self, folder: Path) -> None:
        """Write the run file."""
        write_private(folder / "run.json", json.dumps(asdict(self)))


def withdraw(folder: Path) -> None:
    """Remove the run file."""
    (folder / "run.json").unlink(missing_ok=True)


def running(folder: Path) -> Running | None:
    """Return the Kith that runs on this data folder, if there is one."""
    try:
        found = Running(**json.loads((folder / "run.json").read_text()))
        os.kill(found.pid, 0)
    except PermissionError:
        return None
    except (OSError, ValueError, TypeError):
        return None
    return found


def attach(*, as_owner: bool = False) -> None:
    """Complete this process's environment so that it works on the database in use.

    The owner's address is kept from whoever does not change tables (`as_owner`).
    Raises `HostError` when neither DATABASE_URL nor a running Kith tells where that is.
    """
    folder = data_dir()
    if not os.environ.get("DATABASE_URL"):
        found = running(folder)
        if found is None:
            raise HostError("Kith is not running: start it with `make run` in another terminal, or set DATABASE_URL.")
        os.environ |= {"DATABASE_URL": found.database_url, "OWNER_DATABASE_URL": found.owner_database_url}
    if not as_owner:
        os.environ.pop("OWNER_DATABASE_URL", None)
    os.environ["DATA_DIR"] = str(folder)
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(open_data_dir())
