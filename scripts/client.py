"""Generates the SPA's client from openapi/openapi.json; with --check it tells whether the committed one is stale."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict

from setup import WEB, digest, node_path

GENERATED = WEB / "src" / "api" / "generated"
CONTRACT = WEB.parent / "openapi" / "openapi.json"
SHOWN = """// This file is auto-generated from the contract: what the answer to a write makes stale.

/** Nouns -> the reads that show them (`*`: whatever changes). */
export const SHOWS: Record<string, string> = %s;

/** Of what can be deleted: the noun of its address -> the name of the id in it. */
export const ID_OF: Record<string, string> = %s;
"""


def write_shown() -> None:
    """Write which nouns each read shows (`x-shows`), shortest as it goes to every browser."""
    paths = json.loads(CONTRACT.read_text(encoding="utf-8"))["paths"]
    shown = defaultdict(list)
    for get in (methods["get"] for methods in paths.values() if "x-shows" in methods.get("get", {})):
        shown[" ".join(get["x-shows"])].append(get["operationId"])
    joined = {nouns: " ".join(sorted(names)) for nouns, names in sorted(shown.items())}
    deleted = (
        re.fullmatch(r"/api/v1/([\w-]+)/{(\w+)}", path) for path, methods in paths.items() if "delete" in methods
    )
    ids = {found[1]: found[2] for found in deleted if found}
    (GENERATED / "shown.gen.ts").write_text(SHOWN % (json.dumps(joined, indent=2), json.dumps(ids, indent=2)), "utf-8")


def main(*, check: bool) -> None:
    """Generate; when checking, fail if that changed anything."""
    before = digest([GENERATED])
    environment = {**os.environ, "PATH": node_path()}
    subprocess.run(["npm", "run", "--silent", "generate"], cwd=WEB, env=environment, check=True)
    write_shown()
    if check and digest([GENERATED]) != before:
        sys.exit("The client was stale; it has been generated anew: look at the change and commit it.")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
