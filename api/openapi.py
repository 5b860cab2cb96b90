"""The committed OpenAPI file: `python -m api.openapi` writes `openapi/openapi.json`; `--check` fails when it is stale."""

import json
import sys
from pathlib import Path

from api.docs import DOCUMENT
from api.document import build
from api.main import create_app
from app.core.settings import Settings


def text() -> str:
    """Return the document as it is committed."""
    app = create_app(Settings(secret_key="0" * 40, web_dir=Path("/nonexistent")), database=None)  # type: ignore[arg-type]
    return json.dumps(build(app), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the file, or check it."""
    fresh = text()
    if "--check" in sys.argv:
        if not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != fresh:
            sys.stderr.write("openapi/openapi.json is stale: run `make openapi` and review its diff\n")
            return 1
        return 0
    DOCUMENT.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
