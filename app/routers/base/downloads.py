"""The one way in which a file with people's figures is sent: what is sent stands in the log first."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import Response

from app.core.ctx import Ctx
from app.routers.state import State
from app.services.base import outgoing


async def sent(held: State, ctx: Ctx, file: outgoing.File, *, shown: bool = False) -> Response:
    """Write the row of the log, a transaction of its own, and return the file; `shown` in the browser rather than kept."""
    async with held.database.write() as writing:
        outgoing.note(replace(ctx, session=writing), file)
        await writing.commit()
    # Two names: one for those who read ASCII only, and the real one.
    plain = file.name if file.name.isascii() else f"report.{file.name.rsplit('.', 1)[1]}"
    named = f"{'inline' if shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}"
    headers = {"Content-Disposition": named, "Cache-Control": "private, no-store"}
    return Response(file.content, media_type=file.media_type, headers=headers)
