"""`crm up` as an operator sees it: one start, one stop, clear refusals, nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.host.place import CLONE

PATIENCE_S = 60
AT_ONCE_S = 3
"""Less than what the driver waits for, and time enough for a busy machine."""


class Kith:
    """A `crm up` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        others = {"DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY"}
        environment = {name: value for name, value in os.environ.items() if name not in others}
        self.environment = environment | {"DATA_DIR": str(folder), "PORT": "0", "WORKERS": "2"}
        self.process: subprocess.Popen[str] | None = None
        self.said = folder / "said.txt"

    def start(self, **more: str) -> subprocess.Popen[str]:
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "up"],
                cwd=CLONE,
                env=self.environment | more,
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        return self.process

    def heard(self, words: str) -> bool:
        return words in self.said.read_text()

    def ready(self) -> dict[str, object]:
        """Wait until the run file says that the API answers, and return it."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                found: dict[str, object] = json.loads((self.folder / "run.json").read_text())
            except (OSError, ValueError):
                found = {}
            if found.get("ready"):
                return found
            time.sleep(0.05)
        pytest.fail("Kith did not start")

    def crm(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", *words],
            cwd=CLONE,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def children(self) -> list[int]:
        assert self.process
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE_S), self.said.read_text()


@pytest.fixture
def kith(enterable: Callable[[str], Path]) -> Iterator[Kith]:
    made = Kith(enterable("kith-up"))
    yield made
    if made.process:
        made.end(signal.SIGTERM)


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def with_children(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in below for each in with_children(int(child)))]


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


class TestUp:
    def test_it_starts_serves_commands_and_stops_in_order(self, kith: Kith) -> None:
        kith.start()
        found = kith.ready()
        assert httpx.get(f"{found['address']}/readyz").status_code == 200
        assert kith.crm("migrate") == (0, "The database is up to date.\n")
        code, link = kith.crm("user", "create", "boss", "--name", "老板", "--role", "admin")
        assert (code, link.startswith(f"{found['address']}/link#token=")) == (0, True)
        assert kith.crm("user", "create", "boss", "--name", "老板", "--role", "admin") == (
            1,
            "This log-in name is taken.\n",
        )
        code, refusal = kith.crm("up")
        assert (code, "Kith already runs on" in refusal) == (1, True)
        code, said = kith.end(signal.SIGINT)
        assert (code, "Traceback" in said) == (0, False)
        assert "/setup#token=" in said
        assert not (kith.folder / "run.json").exists()
        assert kith.crm("migrate")[1].startswith("Kith is not running")
        log = (kith.folder / "postgres" / "postgres.log").read_text()
        assert "database system is shut down" in log

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows the environment of a process")
    def test_the_owner_s_address_is_known_to_the_worker_and_not_to_the_api(self, kith: Kith) -> None:
        kith.start()
        found = kith.ready()
        assert "//kith_app:" in str(found["database_url"])
        assert "//kith:" in str(found["owner_database_url"])
        assert (kith.folder / "run.json").stat().st_mode & 0o077 == 0
        told = {}
        for pid in kith.children():
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            told[words[-2]] = "OWNER_DATABASE_URL=postgres" in Path(f"/proc/{pid}/environ").read_text()
        assert told["worker"] is True
        assert [name for name, knows in told.items() if knows] == ["worker"]
        code, said = kith.crm("demo", "--customers", "50")
        assert (code, "50 customers" in said) == (0, True)

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
    def test_a_killed_supervisor_takes_everything_along_and_a_dead_child_returns(self, kith: Kith) -> None:
        process = kith.start()
        kith.ready()
        first = kith.children()
        assert len(first) == 4  # PostgreSQL, two API processes, the worker
        os.kill(first[-1], signal.SIGKILL)
        assert eventually(lambda: len(kith.children()) == 4 and kith.children() != first)
        children = kith.children()
        process.kill()
        process.wait()
        assert eventually(lambda: not any(alive(pid) for pid in children))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
class TestPostgresqlAway:
    def test_a_dead_one_is_started_again_as_soon_as_it_can(self, kith: Kith) -> None:
        kith.start()
        address = str(kith.ready()["address"])
        assert kith.crm("user", "create", "boss", "--name", "老板", "--role", "admin")[0] == 0
        control = kith.folder / "postgres" / "data" / "global" / "pg_control"
        away = control.rename(control.with_suffix(".away"))
        os.kill(kith.children()[0], signal.SIGKILL)
        assert eventually(lambda: kith.heard("The next try is in 2 s."))
        assert httpx.get(f"{address}/livez").status_code == 200
        assert httpx.get(f"{address}/readyz").status_code == 503
        away.rename(control)
        assert eventually(lambda: httpx.get(f"{address}/readyz").status_code == 200)
        assert eventually(lambda: len(kith.children()) == 4)
        assert (
            kith.crm("user", "create", "boss", "--name", "老板", "--role", "admin")[1] == "This log-in name is taken.\n"
        )
        code, said = kith.end()
        assert (code, "Traceback" in said) == (0, False), said
        assert "PostgreSQL ended by itself; it starts again in 1 s." in said
        assert "pg_control" in said
        assert "PostgreSQL runs again." in said

    def test_a_frozen_one_is_told_at_once_and_found_again(self, kith: Kith) -> None:
        kith.start(WORKERS="1")
        address = str(kith.ready()["address"])
        with httpx.Client(base_url=address, timeout=PATIENCE_S) as client:
            assert client.get("/readyz").status_code == 200
            frozen = with_children(kith.children()[0])
            for pid in frozen:
                os.kill(pid, signal.SIGSTOP)
            try:
                assert client.get("/readyz").status_code == 503  # it waited for the driver
                client.timeout = AT_ONCE_S
                assert client.get("/readyz").status_code == 503
                assert client.get("/api/v1/auth/state").status_code == 503
                assert client.get("/livez").status_code == 200
            finally:
                for pid in frozen:
                    os.kill(pid, signal.SIGCONT)
            client.timeout = PATIENCE_S
            assert eventually(lambda: client.get("/readyz").status_code == 200)


class TestRefusals:
    def test_a_port_in_use(self, kith: Kith) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            kith.start(PORT=str(port))
            code, said = kith.end(signal.SIGCONT)
        assert (code, said) == (
            1,
            f"Port {port} is in use: stop what listens there, or choose another with PORT={port + 1}.\n",
        )

    def test_a_port_that_is_no_number(self, kith: Kith) -> None:
        kith.start(PORT="abc")
        code, said = kith.end(signal.SIGCONT)
        assert (code, said.startswith("PORT cannot be used:")) == (1, True)

    def test_a_database_that_does_not_answer(self, kith: Kith) -> None:
        kith.start(DATABASE_URL="postgresql://a:b@127.0.0.1:1/none")
        code, said = kith.end(signal.SIGCONT)
        assert (code, "cannot be migrated" in said, "Traceback" in said) == (1, True, False)
