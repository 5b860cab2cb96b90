"""What every route does around its handler: what it may be asked, the kind of body, replays, the ETag of what it answers, the log of views."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from fastapi import Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute, APIRouter
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.routing import Match
from starlette.types import Scope

from app.core import nouns, touched
from app.core.headers import KEPT, STALE, WHERE
from app.routers import etags
from app.routers.base import asked
from app.routers.base.bodies import FORM, JSON, ExactRequest, Kind
from app.services.base import audit, idempotency

PREFIX = "/api/v1"
IDENTITY = re.compile(rb'^\{"id":(\d+),"version":(\d+)')
ID_IN_PATH = re.compile(r"{(\w+_id)}")
SAFE = {"GET", "HEAD", "OPTIONS"}
RECORDS: dict[Any, str] = {}
"""What the read of one record answers with -> its address, for all nouns."""
ONE_RECORD = re.compile(rf"(?:{PREFIX})?(/[\w-]+/{{\w+_id}})")


class Dotted(StringConvertor):
    """A name with a dot in it, such as `lost.days`, in a path: `/{name:dotted}`."""

    regex = r"[a-z_]+\.[a-z_.]+"


register_url_convertor("dotted", Dotted())


class Replay(Exception):
    """An answer that was given before under the same Idempotency-Key."""

    def __init__(self, status: int, headers: dict[str, str], body: str) -> None:
        super().__init__(status)
        self.response = Response(body, status, headers | {"Idempotent-Replay": "true"})


class KithRoute(APIRoute):
    """A route that reads one kind of body and what it knows of a query, whose answers carry an ETag from `version`, whose POSTs may be repeated.

    An id in its path is digits: a word there is another address (404), or one that takes another method (405).
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        super().__init__(ID_IN_PATH.sub(r"{\1:int}", path), endpoint, **more)
        if self.methods == {"GET"} and (one := ONE_RECORD.fullmatch(path)):
            RECORDS[self.response_model] = PREFIX + one[1]

    @property
    def record(self) -> str | None:
        """Return the address of the record that a write answers with as it is now, None where it answers with none."""
        return None if SAFE.intersection(self.methods or ()) else RECORDS.get(self.response_model)

    @property
    def holds_secret(self) -> bool:
        """Tell whether the answer must never be stored (it shows a one-time secret)."""
        return bool((self.openapi_extra or {}).get("x-holds-secret"))

    @property
    def takes(self) -> Kind | None:
        """Return the kind of body that the route reads, None where it reads none."""
        if not self.body_field:
            return None
        return FORM if isinstance(self.body_field.field_info, Form) else JSON

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler; what is stored here is inside the request's transaction."""
        handler, takes, known = super().get_route_handler(), self.takes, frozenset(asked.names(self.dependant))

        async def handle(request: Request) -> Response:
            asked.check(request, known)
            if takes:
                takes.check(request.headers)
                request = ExactRequest(request.scope, request.receive)
            try:
                response = await handler(request)
            except Replay as replay:
                return replay.response
            if found := IDENTITY.match(bytes(response.body)[:80]):
                response.headers["etag"] = f'"{found[2].decode()}"'
                if where := self.record:
                    response.headers[WHERE] = ID_IN_PATH.sub(found[1].decode(), where)
                await self._note_view(request, int(found[1]))
            elif etags.fresh(request, response):
                return Response(status_code=304, headers={"etag": response.headers["etag"]})
            await self._tell_touched(request, response)
            claim = getattr(request.state, "claim", None)
            if claim:
                ctx, mine = claim
                headers = {name: response.headers[name] for name in KEPT if name in response.headers}
                answer = idempotency.Kept(response.status_code, headers, bytes(response.body).decode())
                await idempotency.keep(ctx, mine, answer)
            return response

        return handle

    async def _tell_touched(self, request: Request, response: Response) -> None:
        """Name what the transaction changed, all of it written by now: whoever keeps answers drops those."""
        opened = getattr(request.state, "writing", None)
        if opened is None:
            return
        await opened.flush()
        if nouns := touched.of(opened.sync_session):
            response.headers[STALE] = ", ".join(f'"{noun}"' for noun in nouns)

    async def _note_view(self, request: Request, row_id: int) -> None:
        """Log who read a record, before it is shown, where the installation wants that."""
        viewer = getattr(request.state, "viewer", None)
        noun = nouns.known().get(str(self.tags[0]))
        if viewer and noun and noun.viewed:
            database, ctx = viewer
            async with database.write() as writing:
                await audit.viewed(replace(ctx, session=writing), str(self.tags[0]), row_id)
                await writing.commit()


class NounRouter(APIRouter):
    """The addresses below one prefix. Every other address is none of them without a look at each: there are hundreds.

    `means` describes the tag, where it is declared; a `busy` router is tried before the others.
    """

    def __init__(self, prefix: str, tag: str, means: str = "", *, busy: bool = False) -> None:
        super().__init__(prefix=prefix, tags=[tag], route_class=KithRoute)
        self.tag, self.means, self.busy = tag, means, busy
        self._begins = PREFIX + prefix.split("{", maxsplit=1)[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether an address and method are one of these routes."""
        return super().matches(scope) if scope["path"].startswith(self._begins) else (Match.NONE, {})
