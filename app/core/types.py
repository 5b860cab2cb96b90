"""The vocabulary of schemas: checked strings, money, references, and the two ends of a body."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError

from app.core import booleans
from app.core.texts import EMPTY, LINE

MAX_ID = 2**63 - 1

Phone = Annotated[str, StringConstraints(min_length=1, max_length=100), LINE]
"""As people write it: what of it can be dialled is read beside (`core.phones`), and nothing is refused."""
NORMAL = "The number in E.164; without a plus: digits of what cannot be read as one; null: no number in it."
OptionalPhone = Annotated[Phone | None, EMPTY]
AT_SIGN = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _mail(value: str) -> str:
    if not AT_SIGN.fullmatch(value):
        raise PydanticCustomError("email", "Give an e-mail address, such as name@example.com.")
    return value


Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_mail),
    Field(json_schema_extra={"pattern": f"^{AT_SIGN.pattern}$"}),
    LINE,
]
OptionalEmail = Annotated[Email | None, EMPTY]
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Percent = Annotated[int, Field(ge=0, le=100)]
Stars = Annotated[int, Field(ge=1, le=5)]


class Body(BaseModel):
    """What a caller sends: unknown fields are refused, so that a typing error is not silently lost, and so is true for 1."""

    model_config = ConfigDict(extra="forbid", str_max_length=10_000)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler, /) -> CoreSchema:
        """Read no true and false as numbers."""
        return booleans.refused(handler(source))


class Read(BaseModel):
    """What the API answers: no defaults, so that generated clients know every field is there."""

    model_config = ConfigDict(from_attributes=True)


class Ref(Read):
    """A reference to another record: its id and the name that a person knows it by."""

    id: int
    name: str


OptionalRef = Ref | None


class NamedRef(Ref):
    """A reference to a record that has a name for English readers, too."""

    name_en: str | None


OptionalNamedRef = NamedRef | None
