"""`make check`: everything that can be judged without running Kith."""

from __future__ import annotations

from steps import Step, end_with, npm, python, run_all, script, tool

# Alone and first: it writes the files that the checks of the SPA read.
FIRST: list[Step] = [script("the SPA's client is fresh", "client.py", "--check")]
CHECKS: list[Step] = [
    python("types (mypy)", "mypy"),
    npm("types of the SPA (vue-tsc)", "typecheck"),
    python("format (ruff)", "ruff", "format", "--check", "--quiet", "."),
    python("lint (ruff)", "ruff", "check", "--quiet", "."),
    tool("import contracts (import-linter)", "lint-imports"),
    python("dependencies (deptry)", "deptry", "."),
    tool("spelling (codespell)", "codespell"),
    script("migrations (squawk)", "lint_migrations.py"),
    python("the OpenAPI file is fresh", "api.openapi", "--check"),
    npm("format of the SPA (oxfmt)", "format:check"),
    npm("lint of the SPA (oxlint)", "lint"),
]


def check() -> tuple[int, int]:
    """Run all checks; return how many passed and how many failed."""
    failed = run_all(FIRST) + run_all(CHECKS)
    return len(FIRST) + len(CHECKS) - failed, failed


if __name__ == "__main__":
    end_with(check()[1])
