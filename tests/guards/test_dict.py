"""Every column that takes items of the dictionary says so at the column: a forgotten one would dodge checks and merges."""

from importlib import import_module
from inspect import isclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.db import Base
from app.core.items import all_uses
from app.core.types import Body
from app.models.base.dict import DictItem
from tests.factories import house

ITEM_LENGTH = 60
NOT_ITEMS = {
    "goods.storage.bin", "customers.customers.zip", "base.dict.item", "base.dict.type", "reports.exports.region", "reports.exports.type",
    "reports.exports.category", "goods.arrivals.bin", "sales.competitors.code",
}  # fmt: skip
"""As short, but no items: a postal code, the dictionary's own, codes of competitors, and filters that are not stored."""
NOBODY_TAKES: set[str] = set()
"""Types whose nouns are still to come."""


def takes_item(schema: dict[str, object]) -> bool:
    return any(option.get("maxLength") == ITEM_LENGTH for option in schema.get("anyOf", [schema]))


def test_fields_that_take_an_item_belong_to_columns_that_say_so() -> None:
    said = {(use.model.__module__.removeprefix("app.models."), use.attribute) for use in all_uses()}
    nouns = {mapper.class_.__module__.removeprefix("app.models.") for mapper in Base.registry.mappers}
    asked = set()
    for noun in nouns & house.names("schemas"):
        module = import_module(f"app.schemas.{noun}")
        for body in vars(module).values():
            if isclass(body) and issubclass(body, Body) and body.__module__ == module.__name__:
                fields = body.model_json_schema().get("properties", {})
                asked |= {(noun, name) for name, schema in fields.items() if takes_item(schema)}
    missing = {f"{noun}.{name}" for noun, name in asked - said}
    assert missing == NOT_ITEMS
    assert len(said & asked) >= 12


async def test_types_and_columns_know_each_other(connection: AsyncConnection) -> None:
    types = set(await connection.scalars(select(DictItem.type).distinct()))
    taken = {use.takes.type for use in all_uses()}
    assert taken <= types
    assert types - taken == NOBODY_TAKES
