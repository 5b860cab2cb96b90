"""What every noun that can be imported says of itself besides its own facts."""

from typing import Annotated

from pydantic import Field

from app.core.texts import EMPTY, ExternalId
from app.core.types import Body

OptionalExternalId = Annotated[ExternalId | None, EMPTY]
TELLS = "What another system calls this record; giving another one, or none, needs imports:write."


class External(Body):
    """The id of a record in another system."""

    external_id: Annotated[OptionalExternalId, Field(description=TELLS)] = None


class ExternalAlone(Body):
    """The id of a record in another system, where that is all that can be said of it outside of its steps."""

    external_id: Annotated[OptionalExternalId, Field(description=TELLS)]


class ExternalQuery(Body):
    """The one filter of a list that is answered whole: which record another system calls so."""

    external_id: ExternalId | None = None
