"""Shows squawk the SQL of all migrations, so that none locks a table that people work on."""

from __future__ import annotations

import subprocess
import sys

from setup import CLONE, PYTHON, VENV

EXCEPTIONS = (
    "prefer-bigint-over-int",  # percentages, days and sort orders; ids are bigint
    "require-concurrent-index-deletion",  # a drop is over at once; how long it waits for its lock is bounded
    "require-lock-timeout",  # migrations/env.py sets it for every migration
    "require-statement-timeout",  # the same
)
NOT_OURS = ("pgqueuer", "alembic_version")
STATEMENT_END = ";\n\n"


def main() -> int:
    """Return squawk's exit code."""
    sql = subprocess.run(
        [str(PYTHON), "-m", "alembic", "upgrade", "head", "--sql"],
        cwd=CLONE,
        capture_output=True,
        text=True,
        check=True,
    )
    statements = sql.stdout.split(STATEMENT_END)
    ours = STATEMENT_END.join(part for part in statements if not any(name in part for name in NOT_OURS))
    squawk = str(VENV / "bin" / "squawk")
    command = [squawk, "--pg-version=15.0", "--reporter=gcc", f"--exclude={','.join(EXCEPTIONS)}"]
    return subprocess.run([*command, "--stdin-filepath=migrations.sql"], input=ours, text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
