"""Several new people in one call."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.types import Body, Read
from app.schemas.access.users import LinkRead, UserWrite

MOST = 50


class InvitationsWrite(Body):
    """New people, each by the rules of one; all of them or nobody."""

    people: Annotated[list[UserWrite], Field(min_length=1, max_length=MOST)]
    dry_run: Annotated[bool, Field(description="Only tell what is wrong; nobody is made.")] = False


class Invited(Read):
    """What became of a row: `created`, or `unchanged` where the same call made this person before and was repeated.

    The link (null in a dry run) is shown this once; one of an earlier call is good no more.
    """

    id: int | None
    user_name: str
    name: str
    outcome: Literal["created", "unchanged"]
    link: LinkRead | None


class InvitationsRead(Read):
    """The people in the order sent."""

    dry_run: bool
    people: list[Invited]
