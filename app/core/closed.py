"""Fields whose values are a closed list that the code derives: refused, and shown in the contract, as one that is written out."""

from collections.abc import Callable
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticKnownError, core_schema


class Closed:
    """The type of such a field: `Annotated[str, Closed(codes)]`; the list is asked for once all of the house is loaded."""

    def __init__(self, codes: Callable[[], list[str]]) -> None:
        self.codes = codes

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Refuse every other text as a closed list of words does."""

        def check(value: str) -> str:
            codes = self.codes()
            if value not in codes:
                raise PydanticKnownError("literal_error", {"expected": _either(codes)})
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Show the list in the contract."""
        return handler(schema) | {"enum": self.codes()}


def _either(codes: list[str]) -> str:
    quoted = [repr(code) for code in codes]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
