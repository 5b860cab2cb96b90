"""The application under test, as often as tests want one."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.routing import BaseRoute

from api.main import create_app
from app.core.db import Database
from app.core.settings import Settings
from app.routers import NOUNS

KEY = "a-key-for-tests-that-is-long-enough-0123456789"
_compiled: list[BaseRoute] = []
"""The nouns' routes of the first application."""


def settings() -> Settings:
    """Return settings for an application under test."""
    return Settings(database_url="", secret_key=KEY, web_dir=Path("/nonexistent"))


def application(database: Database | None = None, **changed: Any) -> FastAPI:
    """Build an application around a database; `changed` settings differ from those of all tests.

    FastAPI compiles a noun's routes when an application is first asked for one of them, and that takes longer than
    most tests. They know nothing of their application, so all share what the first one compiled.
    """
    app = create_app(settings().model_copy(update=changed), database)  # type: ignore[arg-type]  no database: for who asks none
    nouns = slice(0, len(NOUNS))
    _compiled[:] = _compiled or app.router.routes[nouns]
    app.router.routes[nouns] = _compiled
    return app
