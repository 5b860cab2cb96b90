"""Bodies of requests: how each kind is named and known, and that numbers in JSON keep what was typed."""

import json
import re
from typing import Any

from fastapi import Request
from starlette.datastructures import Headers

from app.core.errors import UnsupportedMediaType
from app.core.money import Typed


class Kind:
    """A kind of body: how it is named, and which spellings of Content-Type are read as it."""

    def __init__(self, name: str, spellings: str) -> None:
        self.name = name
        self._spellings = re.compile(spellings, re.IGNORECASE)

    def check(self, headers: Headers) -> None:
        """Refuse a body of another kind, or of none that is told, before it is read."""
        told = headers.get("content-type", "")
        if told == self.name or self._spellings.fullmatch(told.split(";")[0].strip()):
            return
        # A request has a body exactly if one of these two says so (RFC 9112, section 6).
        if "transfer-encoding" in headers or headers.get("content-length", "").strip("0"):
            raise UnsupportedMediaType(f"Send the body as {self.name}.", headers={"Accept": self.name})


JSON = Kind("application/json", r"application/([^/\s]+\+)?json")
FORM = Kind("application/x-www-form-urlencoded", r"application/x-www-form-urlencoded|multipart/form-data")


class ExactRequest(Request):
    """A request whose JSON keeps what was typed of each number with a point: money is refused where a float lost it."""

    async def json(self) -> Any:  # Starlette says so: whatever JSON can say
        """Return the body."""
        return json.loads(await self.body(), parse_float=Typed)
