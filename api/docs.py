"""The API's documentation, served from this machine: the page, its files, and the document that is committed."""

import base64
import hashlib
import re
from pathlib import Path

import fastapi_offline
from fastapi import FastAPI, Response
from fastapi.openapi.docs import get_swagger_ui_html, get_swagger_ui_oauth2_redirect_html
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from app.core.settings import ROOT

FILES = Path(fastapi_offline.__file__).parent / "static"
DOCUMENT = ROOT / "openapi" / "openapi.json"
ADDRESS = "/api/openapi.json"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def install(app: FastAPI) -> None:
    """Add the routes. The document is the committed file: building it anew holds up everybody for seconds."""
    app.mount("/api/docs/files", StaticFiles(directory=FILES))
    page = _strict(
        get_swagger_ui_html(
            openapi_url=ADDRESS,
            title="Kith CRM API",
            swagger_js_url="/api/docs/files/swagger-ui-bundle.js",
            swagger_css_url="/api/docs/files/swagger-ui.css",
            swagger_favicon_url="/api/docs/files/favicon.png",
            oauth2_redirect_url="/api/docs/oauth2-redirect",
        )
    )
    back = _strict(get_swagger_ui_oauth2_redirect_html())

    @app.get(ADDRESS, include_in_schema=False)
    async def document() -> Response:
        return FileResponse(DOCUMENT, media_type="application/json")

    @app.get("/api/docs", include_in_schema=False)
    async def docs() -> Response:
        return page

    @app.get("/api/docs/oauth2-redirect", include_in_schema=False)
    async def redirect() -> Response:
        return back


def _strict(page: HTMLResponse) -> HTMLResponse:
    """Allow a page its own scripts and nothing else; Swagger UI writes styles and draws pictures into it."""
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in SCRIPT.findall(bytes(page.body).decode()))
    page.headers["content-security-policy"] = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
