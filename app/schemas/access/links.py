"""One-time links, as they are asked about before anything is typed."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.types import Body, Read
from app.schemas.access.auth import Secret

LinkState = Literal["good", "expired", "used", "unknown"]


class LinkQuestion(Body):
    """A link that was opened, and at which door."""

    token: Secret
    first: Annotated[bool, Field(description="At the door of the first administrator.")] = False


class LinkStateRead(Read):
    """Whether the link lets somebody in, and if not why; a newer link has used up the ones before it."""

    state: LinkState
