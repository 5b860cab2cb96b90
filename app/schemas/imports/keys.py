"""How a row of an import names a record: by its id in another system or, in its place, by what Kith calls it."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_wrap_validator_function

from app.core.texts import ExternalId, Name, Short
from app.core.types import Body, Id
from app.schemas.access.users import UserName

TEXT: TypeAdapter[str] = TypeAdapter(ExternalId)
OWN = ("id", "number", "external_id", "user_name", "code")
"""What may name the record that a row is of, the first that is given; by the last two only who or what is there already."""


class ById(Body):
    """A record by its id."""

    id: Id


class ByNumber(Body):
    """A record by its number."""

    number: Annotated[Name, Field(examples=["KH202603050000001"])]


class ByUserName(Body):
    """A person by the log-in name, whatever its case."""

    user_name: UserName


class ByCode(Body):
    """A product by its code."""

    code: Short


class _Names:
    """Reads a text as an external id, and an object as the way of naming that its field tells."""

    def __init__(self, *ways: type[Body]) -> None:
        self.ways = ways

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read past the union, so that what is wrong is told once and at its field."""
        return no_info_wrap_validator_function(self._read, handler(source))

    def _read(self, value: Any, _union: Any) -> Any:
        if isinstance(value, BaseModel):
            return value
        if not isinstance(value, dict):
            return TEXT.validate_python(value)
        way = next((one for one in self.ways if not one.model_fields.keys().isdisjoint(value)), self.ways[0])
        return way.model_validate(value)


RecordKey = Annotated[ExternalId | ById, _Names(ById)]
NumberedKey = Annotated[ExternalId | ById | ByNumber, _Names(ById, ByNumber)]
PersonKey = Annotated[ExternalId | ById | ByUserName, _Names(ById, ByUserName)]
ProductKey = Annotated[ExternalId | ById | ByCode, _Names(ById, ByCode)]
