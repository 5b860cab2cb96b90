"""True and false are no numbers, though Python counts with them: `{"customer_id": true}` would be the first customer.

`Body` hands its schema over here once; whatever of it reads a number refuses them first, in lists and unions too.
"""

from typing import Any, Literal, cast

from pydantic_core import CoreSchema, PydanticKnownError, core_schema

Code = Literal["int_type", "float_type", "decimal_type"]
NUMBERS: dict[str, Code] = {"int": "int_type", "float": "float_type", "decimal": "decimal_type"}
NO_SCHEMA = frozenset({"metadata", "serialization", "default", "expected"})
"""What hangs on a schema and is none."""


def refused(schema: CoreSchema) -> CoreSchema:
    """Return the schema of a body with each of its numbers behind a refusal of true and false."""
    return cast("CoreSchema", _walked(schema, outermost=True))


def _walked(part: Any, *, outermost: bool = False) -> Any:
    if isinstance(part, list | tuple):
        return type(part)(_walked(one) for one in part)
    if not isinstance(part, dict):
        return part
    kind = str(part.get("type"))
    if kind == "model" and not outermost:
        return part  # another body, which has been here itself
    walked = {
        key: value if key in NO_SCHEMA else _walked_at(key, value, outermost=outermost) for key, value in part.items()
    }
    return _behind(NUMBERS[kind], cast("CoreSchema", walked)) if kind in NUMBERS else walked


def _walked_at(key: str, value: Any, *, outermost: bool) -> Any:
    if key == "fields" and isinstance(value, dict):
        return {name: _walked(field) for name, field in value.items()}  # a field may have any name: "type", "default"
    return _walked(value, outermost=outermost and key == "schema")


def _behind(code: Code, schema: CoreSchema) -> CoreSchema:
    def read(value: Any) -> Any:
        if isinstance(value, bool):
            raise PydanticKnownError(code)
        return value

    return core_schema.no_info_before_validator_function(read, schema)
