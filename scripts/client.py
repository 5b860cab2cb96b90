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

/** The noun of a record's address -> its read, and the name of the id in it. */
export const RECORDS: Record<string, [read: string, id: string]> = %s;
"""


def write_shown() -> None:
    """Write which nouns each read shows (`x-shows`), shortest as it goes to every browser."""
    paths = json.loads(CONTRACT.read_text(encoding="utf-8"))["paths"]
    shown = defaultdict(list)
    for get in (methods["get"] for methods in paths.values() if "x-shows" in methods.get("get", {})):
        shown[" ".join(get["x-shows"])].append(get["operationId"])
    joined = {nouns: " ".join(sorted(names)) for nouns, names in sorted(shown.items())}
    single = (
        (re.fullmatch(r"/api/v1/([\w-]+)/{(\w+_id)}", path), methods.get("get")) for path, methods in paths.items()
    )
    records = {found[1]: (read["operationId"], found[2]) for found, read in single if found and read}
    texts = json.dumps(joined, indent=2), json.dumps(records, indent=2)
    (GENERATED / "shown.gen.ts").write_text(SHOWN % texts, "utf-8")


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
