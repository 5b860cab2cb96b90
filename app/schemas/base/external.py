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
