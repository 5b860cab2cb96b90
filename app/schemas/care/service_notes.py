"""Notes among colleagues about a service."""

from datetime import datetime

from app.core.paging import PageQuery
from app.core.texts import Words
from app.core.types import Body, Read, Ref


class ServiceNoteQuery(PageQuery):
    """Paging of a service's notes, newest first."""


class ServiceNoteWrite(Body):
    """A note; it cannot be changed later."""

    text: Words


class ServiceNoteRead(Read):
    """A note: what, who, when."""

    id: int
    text: str
    by: Ref
    at: datetime
