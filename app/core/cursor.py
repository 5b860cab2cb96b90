"""Opaque page cursors: where a page ended, under which sort and filters."""

import base64
import binascii
import hashlib
import json
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_json

from app.core.errors import Invalid

REFUSED = ("/cursor", "bad_cursor", "This cursor does not belong to this list; start again without it.")


def digest(values: dict[str, Any]) -> str:
    """Return a short hash of the filters that a cursor is bound to."""
    return hashlib.blake2s(to_json(values), digest_size=6).hexdigest()


def encode(sort: str, filters: str, value: object, row_id: int) -> str:
    """Return the cursor after the row with this sort value and id."""
    return base64.urlsafe_b64encode(to_json([sort, filters, value, row_id])).decode().rstrip("=")


def decode(cursor: str, sort: str, filters: str, kind: Any) -> tuple[Any, int]:
    """Return (sort value as `kind`, id); raise `Invalid` when the cursor is of another sort or filter."""
    made_for, under, value, row_id = opened(cursor, *REFUSED)
    if (made_for, under) != (sort, filters):
        raise Invalid(*REFUSED)
    try:
        return TypeAdapter(kind).validate_python(value), TypeAdapter(int).validate_python(row_id)
    except ValueError as error:
        raise Invalid(*REFUSED) from error


def opened(cursor: str, pointer: str, code: str, message: str) -> tuple[Any, Any, Any, Any]:
    """Return what a cursor is made of, as `encode` takes it; raise `Invalid`, in these words, when it is none."""
    try:
        sort, filters, value, row_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid(pointer, code, message) from error
    return sort, filters, value, row_id
