"""Children that never outlive their parent and that Ctrl-C does not reach before it."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from app.host.account import Account

PR_SET_PDEATHSIG = 1


def spawn(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    on_parent_death: signal.Signals,
    account: Account | None = None,
    cwd: Path | None = None,
    log: IO[bytes] | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own; on Linux it gets `on_parent_death` when this process is killed.

    Call it from the main thread: the kernel watches the *thread* that made the child, not the process.
    `keep` names file descriptors that the child inherits.
    """
    if threading.current_thread() is not threading.main_thread():
        msg = "Children are started from the main thread, else they die with the thread that started them"
        raise RuntimeError(msg)
    lent = account if account and account.lent else None
    return subprocess.Popen(
        command,
        env=dict(environment),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        pass_fds=keep,
        user=lent.uid if lent else None,
        group=lent.gid if lent else None,
        extra_groups=[] if lent else None,
        preexec_fn=_die_with_parent(on_parent_death),  # noqa: PLW1509 -- after the setuid, which would clear it
    )


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # killed between fork and prctl
            os._exit(1)

    return ask_kernel
