"""`crm up`: PostgreSQL, then the migrations, then the API and the worker; stopped in the opposite order."""

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from app.host.children import Child, Pause, api, crm, stop_all
from app.host.errors import HostError
from app.host.lock import FolderLock
from app.host.place import CLONE, open_data_dir, secret_key
from app.host.ports import LOOPBACK, listen
from app.host.postgres import Postgres
from app.host.runfile import Running, running, withdraw

LOOK_EVERY_S = 0.5
START_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Plan:
    """What to start: where to listen, how many API processes, whether to fill the demo company."""

    host: str
    port: int
    workers: int
    metrics_port: int
    demo: bool


class Supervisor:
    """Owns every process of the house; `tell` prints a line for the person at the terminal."""

    def __init__(self, plan: Plan, tell: Callable[[str], None]) -> None:
        self._plan = plan
        self._tell = tell
        self._stop = threading.Event()
        self._closing = ExitStack()
        self._postgres: Postgres | None = None
        self._pause = Pause()

    def run(self) -> None:
        """Start everything, keep it alive until a signal asks to stop, and stop it. Raises `HostError`."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        with self._closing:
            folder = self._claim_folder()
            listener = self._closing.enter_context(listen(self._plan.host, self._plan.port))
            address = f"http://{_name(self._plan.host)}:{listener.getsockname()[1]}"
            environment = self._environment(folder, listener)
            owner = {"OWNER_DATABASE_URL": self._owner_url()}
            me = Running(os.getpid(), address, environment["DATABASE_URL"], owner["OWNER_DATABASE_URL"])
            self._closing.callback(withdraw, folder)
            me.announce(folder)
            welcome = self._prepare(environment | owner, address)
            api = self._api(environment, listener)
            worker = Child("worker", crm("worker"), environment | owner)
            self._start([*api, worker], api, worker, address)
            if not self._stop.is_set():
                replace(me, ready=True).announce(folder)
                self._tell(welcome)
            self._watch([*api, worker])
            self._tell("Stopping: open requests are finished first …")

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _claim_folder(self) -> Path:
        folder = open_data_dir()
        other = running(folder)
        where = f" at {other.address} (process {other.pid})" if other else ""
        lock = FolderLock(folder, f"Kith already runs on {folder}{where}: stop it first, or choose another DATA_DIR.")
        lock.acquire()
        self._closing.callback(lock.release)
        return folder

    def _environment(self, folder: Path, listener: socket.socket) -> dict[str, str]:
        url = os.environ.get("DATABASE_URL", "")
        if not url:
            self._postgres = Postgres(folder / "postgres")
            self._closing.callback(self._postgres.stop)
            self._postgres.start()
            url = self._postgres.application_url
            self._pause.started()
        return {
            "DATABASE_URL": url,
            "SECRET_KEY": secret_key(folder),
            "DATA_DIR": str(folder),
            "HOST": self._plan.host,
            "PORT": str(listener.getsockname()[1]),
            # A line for each request would push the address off the screen; LOG_LEVEL=INFO brings them.
            "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        }

    def _owner_url(self) -> str:
        # Taken out of this process's own environment, which the API inherits: only who changes tables is told.
        given = os.environ.pop("OWNER_DATABASE_URL", "")
        return self._postgres.url if self._postgres else given

    def _prepare(self, environment: dict[str, str], address: str) -> str:
        """Migrate, fill the demo company when asked; return how to log in."""
        words = ["prepare", "--address", address, *(["--demo"] if self._plan.demo else [])]
        done = subprocess.run(crm(*words), env=os.environ | environment, cwd=CLONE, stdout=subprocess.PIPE, check=False)
        if self._stop.is_set():
            return ""
        if done.returncode:
            raise HostError("The database could not be prepared; the lines above say why.")
        return str(json.loads(done.stdout.splitlines()[-1])["welcome"])

    def _api(self, environment: dict[str, str], listener: socket.socket) -> list[Child]:
        # All API processes accept from the one listening socket: no proxy, and none of them misses a request.
        handle = listener.fileno()
        base = self._plan.metrics_port
        return [
            Child(
                f"API {number + 1}",
                api(handle),
                environment | {"METRICS_PORT": str(base + number if base else 0)},
                keep=[handle],
            )
            for number in range(self._plan.workers)
        ]

    def _start(self, children: list[Child], api: list[Child], worker: Child, address: str) -> None:
        # Callbacks run last in, first out: the API drains, then the worker, then PostgreSQL.
        self._closing.callback(stop_all, [worker])
        self._closing.callback(stop_all, api)
        for child in children:
            child.start()
        deadline = time.monotonic() + START_PATIENCE_S
        while not self._stop.is_set() and not _answers(address):
            if (ended := next((child for child in children if child.exit_code is not None), None)) is not None:
                raise HostError(f"{ended.name} ended while it started; the lines above say why.")
            if time.monotonic() > deadline:
                raise HostError(f"The API did not answer at {address} within {START_PATIENCE_S:.0f} s.")
            time.sleep(0.05)

    def _watch(self, children: list[Child]) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            if self._postgres and not self._postgres.alive:
                self._revive(self._postgres, children)
            for child in children:
                if news := child.revive():
                    self._tell(news)

    def _revive(self, postgres: Postgres, children: list[Child]) -> None:
        """Start PostgreSQL again after its pause; who died for want of it need not wait longer than it did."""
        if not self._pause.waiting:
            seconds = self._pause.died()
            self._tell(f"PostgreSQL ended by itself; it starts again in {seconds:.0f} s. Committed data are kept.")
        elif self._pause.over:
            try:
                postgres.restart()
            except (HostError, OSError) as error:
                self._tell(f"{error} The next try is in {self._pause.died():.0f} s.")
                return
            self._pause.started()
            self._tell("PostgreSQL runs again.")
            for child in children:
                child.pause.cut_short()


def _name(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 -- recognised, not bound
        return LOOPBACK
    return f"[{host}]" if ":" in host else host


def _answers(address: str) -> bool:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=1)
    try:
        connection.request("GET", "/livez")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
