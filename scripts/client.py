"""Generates the SPA's client from openapi/openapi.json; with --check it tells whether the committed one is stale."""

from __future__ import annotations

import os
import subprocess
import sys

from setup import WEB, digest, node_path

GENERATED = WEB / "src" / "api" / "generated"


def main(*, check: bool) -> None:
    """Generate; when checking, fail if that changed anything."""
    before = digest([GENERATED])
    environment = {**os.environ, "PATH": node_path()}
    subprocess.run(["npm", "run", "--silent", "generate"], cwd=WEB, env=environment, check=True)
    if check and digest([GENERATED]) != before:
        sys.exit("The client was stale; it has been generated anew: look at the change and commit it.")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
