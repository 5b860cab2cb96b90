"""A Kith for browser tests: the built SPA, a throw-away database with the demo company, any free port."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from setup import CLONE, PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 180


@contextmanager
def kith_with_demo_company() -> Iterator[str]:
    """Start Kith as `make run DEMO=1` does, yield its address, stop it and throw its data away."""
    folder = Path(tempfile.mkdtemp(prefix="kith-browser-"))
    folder.chmod(0o711)
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": "0", "HOST": "127.0.0.1"}
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL"):
        environment.pop(name, None)
    kith = subprocess.Popen([str(PYTHON), "-m", "app.cli", "up", "--demo"], cwd=CLONE, env=environment)
    try:
        yield wait_until_up(folder, kith)
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
    with kith_with_demo_company() as here:
        print(here, flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
