"""One-time links, as they are asked about before anything is typed."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.texts import OPAQUE
from app.core.types import Body, Read

LinkState = Literal["good", "expired", "used", "unknown"]


class LinkQuestion(Body):
    """A link that was opened, and at which door."""

    token: Annotated[str, OPAQUE, Field(min_length=1, max_length=200, description="A piece of one is `unknown`.")]
    first: Annotated[bool, Field(description="At the door of the first administrator.")] = False


class LinkStateRead(Read):
    """Whether the link lets somebody in, and if not why; a newer link has used up the ones before it."""

    state: LinkState
    language: Annotated[str | None, Field(description="Of whom the link is for; null of none here, and of the first.")]
