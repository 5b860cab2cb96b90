"""What Kith itself says in data, for the reader's language to make words of."""

from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from app.core import told
from app.core.texts import EMPTY, LINES, Words
from app.core.types import Read


class Told(Read):
    """A code and its facts.

    `chance_won`: the first activity of a customer that a chance made (number). `arrival`: pieces came in (number).
    `shipment`, `shipment_removed`: pieces left, or came back from a shipment that never did (number, order).
    `order_taken`: pieces left with an order that was shipped before it was known here (order).
    `imported`, `import_taken_back`: an import told what lies there, or was taken back.
    `undo`: a step takes back the one before it, on the same screen.
    """

    code: Literal[
        "chance_won", "arrival", "shipment", "shipment_removed", "order_taken", "imported", "import_taken_back",
        "undo",
    ]  # fmt: skip
    facts: dict[str, str]


class _OrUndo:
    """Makes words take the code of an undo in their place; what is refused is refused as words are."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any, words: core_schema.ValidatorFunctionWrapHandler) -> told.Reason:
            reason: told.Reason = told.UNDO if value in ({"code": "undo"}, told.UNDO) else words(value)
            return reason

        return core_schema.no_info_wrap_validator_function(read, handler.generate_schema(Words))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        code = {"type": "object", "properties": {"code": {"const": "undo", "type": "string"}}, "required": ["code"]}
        return {"anyOf": [handler(schema), code | {"additionalProperties": False}]}


Reason = Annotated[told.Reason, _OrUndo(), LINES]
"""Why: what a person writes, or `{"code": "undo"}` from a screen that takes back the step that was just made on it."""
OptionalReason = Annotated[Reason | None, EMPTY]
