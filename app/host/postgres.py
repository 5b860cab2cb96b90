"""A PostgreSQL of our own: started from a wheel, on loopback, with the data in one folder.

Only the supervisor and the tests start one; everybody else is given its address.
"""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from app.host.account import clean_environment, database_account
from app.host.binaries import Binaries, find_binaries
from app.host.cluster import APPLICATION, DATABASE, OWNER, Cluster, last_complaint
from app.host.errors import HostError
from app.host.lock import FolderLock
from app.host.ports import LOOPBACK, free_port
from app.host.process import spawn

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "max_connections": "200",
    "jit": "off",
    "log_line_prefix": "%m [%p] ",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "128MB",
}
LARGEST_LOG = 10 * 1024 * 1024
ORPHANS = "pre-existing shared memory block"
"""What PostgreSQL says while sessions of a killed server are still ending: it takes a moment."""
STARTED = 0
"""What pg_isready returns when connections are accepted."""


class Postgres:
    """The embedded server in `home`, a folder that is made when it is not there."""

    def __init__(self, home: Path, *, settings: dict[str, str] | None = None, initdb: Sequence[str] = ()) -> None:
        self.home = home.resolve()
        self.port = 0
        self._cluster = Cluster(self.home, database_account())
        self._settings = SETTINGS | (settings or {})
        self._initdb = initdb
        self._lock = FolderLock(
            self.home,
            f"Another Kith already uses the database in {self.home}: stop it first, or choose another DATA_DIR.",
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def url(self) -> str:
        """The address for SQLAlchemy of who owns the database, on loopback and without TLS."""
        return self._address(OWNER)

    @property
    def application_url(self) -> str:
        """The address of the role that only reads and writes rows."""
        return self._address(APPLICATION)

    def _address(self, role: str) -> str:
        return f"postgresql+asyncpg://{role}:{self._cluster.password(role)}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self, patience: float = 60) -> str:
        """Make the data folder if need be, start the server, wait until it answers, and return its owner's address."""
        self._open_home()
        self._lock.acquire()  # before initdb: two first starts must not meet in one folder
        try:
            cluster = self._cluster
            major = cluster.major()
            binaries = find_binaries(major).within_reach(cluster.account, self.home)
            if major is None:
                cluster.initialise(binaries, self._initdb)
            self._stop_orphan(binaries)
            cluster.add_application(binaries)
            self._launch(binaries)
            self._wait(binaries, time.monotonic() + patience)
        except BaseException:
            self.stop()
            raise
        return self.url

    def restart(self) -> None:
        """Start again a server that died, at the address that it had. Raises `HostError` when it does not start."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Shut down fast: sessions end, everything committed is on disk."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(60)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)  # recovers from its log at the next start
                self._process.wait()
        self._process = None
        self._lock.release()

    def _open_home(self) -> None:
        account = self._cluster.account
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o711 if account.lent else 0o700)
        except OSError as error:
            msg = f"The data folder {self.home} cannot be made ({error.strerror}): choose another DATA_DIR."
            raise HostError(msg) from error
        if not account.can_enter(self.home):
            msg = f"PostgreSQL refuses to run as root, and the user it runs as cannot enter {self.home}: choose another DATA_DIR, such as /var/lib/kith/data."
            raise HostError(msg)

    def _stop_orphan(self, binaries: Binaries) -> None:
        # We hold the lock, so a server that still runs here has lost its supervisor.
        answer = self._cluster.run([binaries.program("pg_ctl"), "status", "-D", str(self._cluster.data)], check=False)
        if answer.returncode == 0:
            self._cluster.run(
                [binaries.program("pg_ctl"), "stop", "-D", str(self._cluster.data), "-m", "fast", "-w"], check=False
            )

    def _launch(self, binaries: Binaries) -> None:
        # A server that starts again keeps its port: those who use it know no other.
        self.port = self.port or self._choose_port()
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.replace(self._log.with_suffix(".1"))
        with self._log.open("ab") as log:
            self._log_start = log.tell()
            self._process = spawn(
                [binaries.program("postgres"), "-D", str(self._cluster.data), "-p", str(self.port), *options],
                environment=clean_environment(),
                on_parent_death=signal.SIGINT,
                account=self._cluster.account,
                cwd=self.home,
                log=log,
            )

    def _choose_port(self) -> int:
        remembered = self.home / "port"
        wanted = int(remembered.read_text()) if remembered.exists() else 0
        port = free_port(wanted)
        remembered.write_text(str(port))
        return port

    def _wait(self, binaries: Binaries, deadline: float) -> None:
        question = [binaries.program("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port)]
        while self._cluster.run(question, check=False).returncode != STARTED:
            if not self.alive or time.monotonic() > deadline:
                said = self._log.read_bytes()[self._log_start :].decode(errors="replace")
                if ORPHANS in said and time.monotonic() < deadline:
                    time.sleep(0.2)
                    self._launch(binaries)
                    continue
                raise HostError(f"PostgreSQL did not start: {last_complaint(said)} (all of it in {self._log})")
            time.sleep(0.03)

    @property
    def _log(self) -> Path:
        return self.home / "postgres.log"


class TemporaryPostgres:
    """A server for tests, in a folder that is thrown away: `with TemporaryPostgres() as server:`.

    Nothing survives it, so nothing is flushed to disk.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kith-postgres-"))
        self._folder.chmod(0o711)
        self._server = Postgres(self._folder, settings=THROW_AWAY, initdb=["--no-sync"])

    def __enter__(self) -> Postgres:
        try:
            self._server.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return self._server

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
