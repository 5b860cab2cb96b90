"""Which version a caller changes (`If-Match`), and which answer it holds already (`If-None-Match`).

The first is required where something is changed or removed for good, and honoured on steps. The second is of lists and
figures: what has no version has a tag of its content.
"""

from hashlib import blake2b
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from app.core.errors import Invalid, PreconditionRequired
from app.core.texts import OPAQUE

ETAG_DIGITS = 18
ETAG = rf'^(W/)?"?[0-9]{{1,{ETAG_DIGITS}}}"?$'
REQUIRED = "x-required"
"""Marks the header where it must be sent: left out it is 428, which no framework would answer by itself."""
SHAPE: dict[str, Any] = {"pattern": ETAG, "examples": ['"3"']}
OK, TAG_BYTES = 200, 12
MEANING = 'The version, as in `ETag`: `"3"`.'


def _version(etag: str) -> int:
    """Read a strong or weak ETag; raise `Invalid` for anything else."""
    bare = etag.removeprefix("W/").strip('"')
    if not (bare.isascii() and bare.isdigit()) or len(bare) > ETAG_DIGITS:
        raise Invalid("/If-Match", "bad_etag", 'If-Match must be a version such as "3".')
    return int(bare)


async def _may_match(
    if_match: Annotated[str | None, OPAQUE, Header(description=MEANING, json_schema_extra=SHAPE)] = None,
) -> int | None:
    return None if if_match is None else _version(if_match)


async def _must_match(
    if_match: Annotated[
        str | None, OPAQUE, Header(description=MEANING, json_schema_extra=SHAPE | {REQUIRED: True})
    ] = None,
) -> int:
    if if_match is None:
        raise PreconditionRequired
    return _version(if_match)


IfMatch = Annotated[int, Depends(_must_match)]
MayMatch = Annotated[int | None, Depends(_may_match)]


def fresh(request: Request, response: Response) -> bool:
    """Give an answer without a version a tag of its content; tell whether the caller holds this very answer."""
    is_json = response.headers.get("content-type") == "application/json"
    if request.method != "GET" or response.status_code != OK or not is_json:
        return False
    tag = f'"{blake2b(response.body, digest_size=TAG_BYTES).hexdigest()}"'
    response.headers["etag"] = f"W/{tag}"
    held = request.headers.get("if-none-match", "")
    return held.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in held.split(","))
