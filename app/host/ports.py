"""TCP ports of this machine."""

import errno
import socket

from app.host.errors import HostError

LOOPBACK = "127.0.0.1"


def free_port(wanted: int = 0, host: str = LOOPBACK) -> int:
    """Return `wanted` when it can be had, else any free port.

    SO_REUSEADDR as PostgreSQL itself sets it: without it every restart would move away from connections in TIME_WAIT.
    """
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    msg = "the machine has no free port"
    raise OSError(msg)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket that all API processes share. Raises `HostError` when the address cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.create_server(address[:2], family=family, backlog=2048, dualstack_ipv6=host == "::")
    except OSError as error:
        raise HostError(_why(host, port, error)) from error
    listener.set_inheritable(True)
    return listener


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: stop what listens there, or choose another with PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"This user may not listen on port {port}: choose one above 1023 with PORT=8700."
    return f"Kith cannot listen on {host} ({error.strerror}): give an address of this machine with HOST."
