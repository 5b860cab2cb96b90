"""Who PostgreSQL runs as: it refuses root, so root lends it an unprivileged account."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from app.host.errors import HostError

SERVICE_ACCOUNTS = ("postgres", "nobody")
INHERITED_LOCALE = ("LANG", "LANGUAGE")


@dataclass(frozen=True)
class Account:
    """An account of this machine; `lent` when root steps down to it."""

    uid: int
    gid: int
    lent: bool

    def own(self, *paths: Path) -> None:
        """Give paths that root has made to this account."""
        if self.lent:
            for path in paths:
                os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can reach what lies in `folder`; judged by the mode bits for others."""
        folder = folder.resolve()
        return not self.lent or all(
            step.stat().st_mode & 0o001 or step.stat().st_uid == self.uid for step in (folder, *folder.parents)
        )


def database_account() -> Account:
    """Return the account for PostgreSQL: the caller's own, or a service account when the caller is root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), lent=False)
    for name in SERVICE_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, lent=True)
    msg = "PostgreSQL refuses to run as root and this machine has no account 'postgres' or 'nobody': create one, or set DATABASE_URL."
    raise HostError(msg)


def clean_environment() -> dict[str, str]:
    """Return the environment without locale and PG* variables: initdb fails on a LANG that is not installed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "PG")) and name not in INHERITED_LOCALE
    }
    return kept | {"LC_ALL": "C"}
