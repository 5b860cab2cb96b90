"""Which version a caller changes: `If-Match`, required on PATCH and DELETE, honoured on steps."""

from typing import Annotated

from fastapi import Depends, Header

from app.core.errors import Invalid, PreconditionRequired
from app.core.texts import OPAQUE

ETAG_DIGITS = 18
ETAG = rf'^(W/)?"?[0-9]{{1,{ETAG_DIGITS}}}"?$'


async def _if_match(
    if_match: Annotated[
        str | None,
        OPAQUE,
        Header(
            description='The version, as in `ETag`: `"3"`.', json_schema_extra={"pattern": ETAG, "examples": ['"3"']}
        ),
    ] = None,
) -> int | None:
    """Read a strong or weak ETag; raise `Invalid` for anything else."""
    if if_match is None:
        return None
    bare = if_match.removeprefix("W/").strip('"')
    if not (bare.isascii() and bare.isdigit()) or len(bare) > ETAG_DIGITS:
        raise Invalid("/If-Match", "bad_etag", 'If-Match must be a version such as "3".')
    return int(bare)


async def _must_match(version: Annotated[int | None, Depends(_if_match)]) -> int:
    if version is None:
        raise PreconditionRequired
    return version


IfMatch = Annotated[int, Depends(_must_match)]
MayMatch = Annotated[int | None, Depends(_if_match)]
