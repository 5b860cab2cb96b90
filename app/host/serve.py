"""One API process: uvicorn on a socket of its own, or on the one that the supervisor shares.

The supervisor starts `python -m app.host.serve HANDLE`, without the command line around it: each process would
keep four megabytes of that, and three more of `rich`, with which structlog would draw tracebacks.
"""

import resource
import socket
import sys

import uvicorn

from app.host.bounded import bounds
from app.host.doors import Server

DRAIN_S = 10
MOST_FILES = 4096
APP = "api.main:app_from_env"


def serve(listener: socket.socket) -> None:
    """Answer requests until SIGTERM, then finish the open ones."""
    config = uvicorn.Config(
        APP,
        factory=True,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=DRAIN_S,
        **bounds(_open_files()),
    )
    Server(config).run(sockets=[listener])


def _open_files() -> int:
    """Let this process open as many files as it may, and return how many: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


if __name__ == "__main__":
    sys.modules["rich"] = None  # type: ignore[assignment]  # Python's way to say: not there
    serve(socket.socket(fileno=int(sys.argv[1])))
