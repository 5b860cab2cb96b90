"""Children that are kept alive: a crashed one starts again, each time a little later."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.host.place import CLONE
from app.host.process import spawn

PATIENCE_S = 20.0
LONGEST_PAUSE_S = 30.0
SOUND_AFTER_S = 60.0


def crm(*words: str) -> list[str]:
    """Return a command line of this same program."""
    return [sys.executable, "-m", "app.cli", *words]


def api(handle: int) -> list[str]:
    """Return the command line of a process that answers on an inherited listening socket."""
    return [sys.executable, "-m", "app.host.serve", str(handle)]


@dataclass
class Pause:
    """How long to wait before something that died starts again: 1, 2, 4 … 30 seconds, from 1 after a sound minute."""

    _started: float = 0
    _deaths: int = 0
    _until: float | None = None

    @property
    def waiting(self) -> bool:
        """Whether a death was noted and the start is still to come."""
        return self._until is not None

    @property
    def over(self) -> bool:
        """Whether the wait has ended."""
        return self._until is not None and time.monotonic() >= self._until

    def started(self) -> None:
        """Note a start."""
        self._started, self._until = time.monotonic(), None

    def died(self) -> float:
        """Note a death, or a start that failed; return the seconds until the next start."""
        now = time.monotonic()
        sound = not self.waiting and now - self._started > SOUND_AFTER_S
        self._deaths = 1 if sound else self._deaths + 1
        pause = min(LONGEST_PAUSE_S, 2.0 ** (self._deaths - 1))
        self._until = now + pause
        return pause

    def cut_short(self) -> None:
        """Let the start come now, if one is waited for: what it died of is mended."""
        if self.waiting:
            self._until = time.monotonic()


@dataclass
class Child:
    """One process of the house, such as `API 1` or `worker`."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    keep: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    pause: Pause = field(default_factory=Pause)

    def start(self) -> None:
        """Start the process."""
        self.pause.started()
        self.process = spawn(
            self.command,
            environment=os.environ | dict(self.environment),
            on_parent_death=signal.SIGTERM,
            cwd=CLONE,
            keep=self.keep,
        )

    @property
    def exit_code(self) -> int | None:
        """The code that it ended with, None while it runs."""
        return self.process.poll() if self.process else None

    def revive(self) -> str | None:
        """Start again what has died, after its pause; return what there is to tell."""
        if self.pause.waiting:
            if self.pause.over:
                self.start()
            return None
        if self.exit_code is None:
            return None
        return f"{self.name} ended with code {self.exit_code}; it starts again in {self.pause.died():.0f} s."


def stop_all(children: Sequence[Child], patience: float = PATIENCE_S) -> None:
    """Ask all of them to finish what they do, wait, and kill what does not."""
    alive = [child.process for child in children if child.process and child.process.poll() is None]
    for process in alive:
        process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    for process in alive:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
