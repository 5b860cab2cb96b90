"""Kiths for browser tests: the built SPA, a throw-away database with the demo company, any free port."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from setup import CLONE, PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 180


@contextmanager
def kiths_with_demo_company(count: int) -> Iterator[list[str]]:
    """Start so many Kiths as `make run DEMO=1` does, yield their addresses, stop them and throw their data away."""
    with ExitStack() as closing:
        started = [closing.enter_context(_started()) for _ in range(count)]
        yield [wait_until_up(folder, kith) for folder, kith in started]


@contextmanager
def _started() -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    folder = Path(tempfile.mkdtemp(prefix="kith-browser-"))
    folder.chmod(0o711)
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": "0", "HOST": "127.0.0.1"}
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        environment.pop(name, None)
    kith = subprocess.Popen([str(PYTHON), "-m", "app.cli", "up", "--demo"], cwd=CLONE, env=environment)
    try:
        yield folder, kith
    finally:
        kith.send_signal(signal.SIGTERM)
        kith.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_up(folder: Path, kith: subprocess.Popen[bytes]) -> str:
    """Return the address from the run file as soon as the API answers there."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and kith.poll() is None:
        try:
            running = json.loads((folder / "run.json").read_text())
        except (OSError, ValueError):
            running = {}
        if running.get("ready"):
            return str(running["address"])
        time.sleep(0.2)
    raise RuntimeError("Kith did not start for the browser tests; the lines above say why.")


if __name__ == "__main__":
    with kiths_with_demo_company(int(sys.argv[1]) if sys.argv[1:] else 1) as addresses:
        print(*addresses, flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        with suppress(KeyboardInterrupt):
            signal.pause()
