"""Pins every package by version and hash: `make lock`. The lock files hold no address of any index."""

from __future__ import annotations

import subprocess

from setup import CLONE, VENV, pip_install_named

HEADER = "# Pinned by `make lock` from pyproject.toml; pip installs exactly these files.\n"
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["--group", "dev", "pyproject.toml"],
    "requirements-node.lock": ["scripts/node.in"],
}


def main() -> None:
    """Resolve again, keeping the versions that still fit."""
    pip_install_named("Installing uv", "uv")
    for name, sources in LOCKS.items():
        lock = CLONE / name
        options = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--python-version", "3.11"]
        command = [str(VENV / "bin" / "uv"), "pip", "compile", *options, *sources, "--output-file", name]
        subprocess.run(command, cwd=CLONE, check=True)
        lock.write_text(HEADER + lock.read_text())


if __name__ == "__main__":
    main()
