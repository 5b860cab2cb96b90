"""How the API processes share the connections that come to their one socket: whoever holds fewer takes the next.

A new connection wakes all of them, and left to uvicorn the first awake takes everything that waits: of sixteen
connections one process had all, and the other slept. So a process waits a moment for each connection that it holds
before it takes one more; who holds fewer is quicker, and nobody has to be told of the others.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

MOMENT_S = 0.0005
LONGEST_S = 0.01
"""Only the first request of a connection waits for it."""
NO_ROOM = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
NO_ROOM_S = 1.0
log = logging.getLogger("kith")


class Door:
    """A listening socket, from which connections are taken one at a time."""

    def __init__(
        self, listener: socket.socket, protocol: Callable[[], asyncio.Protocol], held: Callable[[], int]
    ) -> None:
        self.listener, self.protocol, self.held = listener, protocol, held
        self.loop = asyncio.get_running_loop()
        self.opening: set[asyncio.Task[Any]] = set()
        self.timer: asyncio.TimerHandle | None = None
        listener.settimeout(0)
        self._watch()

    def close(self) -> None:
        """Take no more."""
        if self.timer:
            self.timer.cancel()
        self.loop.remove_reader(self.listener)

    def _watch(self) -> None:
        self.timer = None
        self.loop.add_reader(self.listener, self._knocked)

    def _knocked(self) -> None:
        """Let those with fewer connections go first."""
        many = self.held() + len(self.opening)
        if not many:
            self._take()
            return
        self._pause(min(many * MOMENT_S, LONGEST_S), self._take_late)

    def _pause(self, seconds: float, then: Callable[[], None]) -> None:
        self.loop.remove_reader(self.listener)
        self.timer = self.loop.call_later(seconds, then)

    def _take_late(self) -> None:
        self._watch()
        self._take()

    def _take(self) -> None:
        try:
            connection, _ = self.listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another process has it, or the caller went away
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            log.warning("no_room_for_connections: %s", error)
            self._pause(NO_ROOM_S, self._watch)
            return
        connection.settimeout(0)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        task = self.loop.create_task(self.loop.connect_accepted_socket(self.protocol, connection))
        self.opening.add(task)
        task.add_done_callback(self.opening.discard)


class Server(uvicorn.Server):
    """uvicorn's server behind such doors."""

    doors: tuple[Door, ...] = ()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then open."""
        await super().startup(sockets=[])
        self.doors = tuple(Door(one, self._protocol, self._held) for one in sockets or [])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody else, and finish what is open."""
        for door in self.doors:
            door.close()
        await super().shutdown(sockets)

    def _held(self) -> int:
        return len(self.server_state.connections)

    def _protocol(self) -> asyncio.Protocol:
        kind: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
