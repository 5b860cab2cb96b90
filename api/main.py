"""The application: routers, handlers, middleware, documentation and the SPA around one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from fastapi import FastAPI, Response
from prometheus_client import start_http_server
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.middleware.cors import CORSMiddleware

from api import docs, document, errors, inspected
from api.limits import Limit
from api.logs import configure
from api.middleware import Edge
from api.packed import PackedJson, StoredForms
from app import VERSION
from app.core import headers
from app.core.db import COMMAND_WAIT_S, Database
from app.core.settings import Settings
from app.core.tokens import Tokens
from app.routers import NOUNS, PREFIX
from app.routers.state import State

log = structlog.get_logger("kith")
inspected.remember()
DESCRIPTION = """The API of Kith CRM: what the browser, mobile apps, integrations and scripts use alike.

Lists come in pages (`cursor`), changes name the version that they change (`If-Match`), a repeated POST is answered and
not done twice (`Idempotency-Key`), and every error is a problem (RFC 9457). `RateLimit` tells with each answer how many
calls are left."""


OTHER_SITES: dict[str, Any] = {
    "allow_methods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
    "allow_headers": headers.SENT,
    "expose_headers": headers.EXPOSED,
    "max_age": 600,
}
"""What pages of other sites may send and read; no cookies: they sign in as apps do (`client=mobile`)."""


def create_app(settings: Settings, database: Database) -> FastAPI:
    """Build the application; `database` is the only injection."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            await database.check()
        except (OSError, DBAPIError) as error:
            # A database that comes later is found by the probe; who started us need not start us again.
            log.warning("database_away", error=str(error).splitlines()[0])
        if settings.metrics_port:
            start_http_server(settings.metrics_port, "127.0.0.1")
        watching = asyncio.create_task(database.watch())
        yield
        watching.cancel()
        await database.dispose()

    app = FastAPI(
        title="Kith CRM",
        version=VERSION,
        description=DESCRIPTION,
        lifespan=lifespan,
        generate_unique_id_function=document.operation_id,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    tokens = Tokens(settings.secret_key.get_secret_value())
    held = app.state.kith = State(settings, database, tokens)
    setattr(app, "openapi", lambda: document.build(app))  # noqa: B010  a method may not be assigned by name
    for noun in NOUNS:
        app.include_router(noun, prefix=PREFIX)
    errors.install(app)
    docs.install(app)
    _health(app, database)
    if settings.web_dir.is_dir():
        # What the API does not know is 404 for a browser too: the pages end where /api begins.
        app.frontend("/api", directory=docs.FILES, fallback=None)
        app.frontend("/", directory=settings.web_dir)
        app.add_middleware(StoredForms, folder=settings.web_dir)
    app.add_middleware(PackedJson)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, **OTHER_SITES)
    app.add_middleware(
        Edge,
        failed=errors.unexpected,
        limit=Limit(tokens, settings.rate_limit_per_minute) if settings.rate_limit_per_minute else None,
        trusted_proxies=settings.trusted_proxies,
        production=settings.production,
        language=lambda: held.language,
    )
    return app


def app_from_env() -> FastAPI:
    """Build the application from the environment (the factory that uvicorn calls)."""
    settings = Settings()
    configure(settings)
    database = Database(
        settings.database_url, settings.read_database_url, settings.pool_size, command_wait_s=COMMAND_WAIT_S
    )
    return create_app(settings, database)


def _health(app: FastAPI, database: Database) -> None:
    @app.get("/livez", include_in_schema=False)
    async def live() -> dict[str, str]:
        """Tell that the process runs."""
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def ready() -> Response:
        """Tell whether the database answers (503 when it does not)."""
        async with database.read() as session:
            await session.execute(text("select 1"))
        return Response('{"status":"ready"}', media_type="application/json")
