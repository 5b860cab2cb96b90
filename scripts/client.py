"""Generates the SPA's client from openapi/openapi.json; with --check it tells whether the committed one is stale."""

from __future__ import annotations

import json
import os
import re
import shutil
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


NOUNS = """// This file is auto-generated from the contract (`x-nouns`): what is known of each noun and of the facts of its records.

import type { Permission as Right } from "./types.gen.ts";

export type Kind =
  | %s;
export interface Fact {
  kind: Kind;
  /** The kind of record that a reference leads to. */
  noun?: string;
  /** The types of the dictionary whose items it takes. */
  types?: readonly string[];
  /** The closed list of its values. */
  choices?: readonly string[];
  listed?: true;
  sorted?: true;
  filtered?: true;
  /** Its filter takes several. */
  many?: true;
  written?: true;
  required?: true;
  /** It is said once, when the record is made. */
  fixed?: true;
  /** The most characters that it may have. */
  most?: number;
  /** It has a right of its own. */
  guarded?: true;
}
export interface Noun {
  code: string;
  /** The operations that read one, a page of them, and who changed what of one; the right that the first two need. */
  read: string;
  list: string;
  history: string | null;
  right: Right;
  /** The fact that people know a record by. */
  title: string;
  /** How its list goes unless it is asked otherwise. */
  sort: string;
  numbered: boolean;
  binned: boolean;
  /** The right by which others than who deleted a record bring it back from the bin. */
  restore: Right | null;
  searched: boolean;
  facts: Record<string, Fact>;
}
"""

NOUN = """// This file is auto-generated from the contract (`x-nouns`).
import type {{ Noun }} from "../nouns.gen.ts";

export const {code} = {facts} as const satisfies Noun;
"""
ALL = """// This file is auto-generated from the contract (`x-nouns`): every noun, for who asks all of them.
import type {{ Noun }} from "../nouns.gen.ts";
{imports}
export const NOUNS: readonly Noun[] = [{nouns}];
"""


def write_nouns() -> None:
    """Write the facts of the nouns, a file each, so that a page brings those of its own noun alone."""
    nouns = json.loads(CONTRACT.read_text(encoding="utf-8"))["x-nouns"]
    kinds = sorted({fact["kind"] for noun in nouns.values() for fact in noun["facts"].values()})
    text = NOUNS % "\n  | ".join(f'"{kind}"' for kind in kinds)
    restored = {code: noun["restore"] for code, noun in nouns.items() if noun["binned"]}
    text += "\n/** What lies in the recycle bin -> the right that brings it back. */\n"
    text += f"export const RESTORED = {json.dumps(restored, indent=2)} as const satisfies Record<string, Right>;\n"
    titles = {code: noun["title"] for code, noun in nouns.items()}
    text += "\n/** Noun -> the fact that people know its records by, for who names those of another one. */\n"
    text += f"export const TITLES: Record<string, string> = {json.dumps(titles, indent=2)};\n"
    (GENERATED / "nouns.gen.ts").write_text(text, "utf-8")
    folder = GENERATED / "nouns"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for code, noun in nouns.items():
        facts = json.dumps({"code": code} | noun, indent=2)
        (folder / f"{code}.gen.ts").write_text(NOUN.format(code=code, facts=facts), "utf-8")
    imports = "".join(f'import {{ {code} }} from "./{code}.gen.ts";\n' for code in nouns)
    (folder / "all.gen.ts").write_text(ALL.format(imports=imports, nouns=", ".join(nouns)), "utf-8")


def main(*, check: bool) -> None:
    """Generate; when checking, fail if that changed anything."""
    before = digest([GENERATED])
    environment = {**os.environ, "PATH": node_path()}
    subprocess.run(["npm", "run", "--silent", "generate"], cwd=WEB, env=environment, check=True)
    write_shown()
    write_nouns()
    if check and digest([GENERATED]) != before:
        sys.exit("The client was stale; it has been generated anew: look at the change and commit it.")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
