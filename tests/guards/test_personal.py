"""Facts behind a right of their own stand where that right is asked for, and nowhere else."""

import json
from typing import Any

import pytest

from api.docs import DOCUMENT
from app.core import nouns
from app.core.db import Base
from app.core.listing import Listing
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.services.customers import customers, linkmen
from app.services.goods import products

CARRIERS: dict[Any, set[str]] = {
    Customer: {"CustomerRow", "CustomerRead", "CustomerWrite", "CustomerPatch", "CustomerImport"},
    Linkman: {"LinkmanRead", "LinkmanWrite", "LinkmanPatch", "LinkmanImport"},
    Product: {"ProductRow", "ProductRead", "ProductWrite", "ProductPatch", "ProductImport"},
}
"""The rows and details, which leave them empty for who may not see them, and the bodies that write them."""
READS = {"CustomerRow", "CustomerRead", "LinkmanRead", "ProductRow", "ProductRead"}
LISTS = {Customer: customers.listing, Linkman: linkmen.listing, Product: products.listing}


def test_every_group_is_known_here_and_in_the_log() -> None:
    declared = {mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "__guarded__")}
    assert declared == set(CARRIERS)
    assert {noun.model for noun in nouns.known().values() if noun.guarded} == declared


@pytest.mark.parametrize("model", CARRIERS)
def test_only_these_schemas_carry_the_facts(model: Any) -> None:
    schemas = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    group = model.__guarded__
    carriers = {name for name, one in schemas.items() if not one.get("properties", {}).keys().isdisjoint(group.fields)}
    assert carriers == CARRIERS[model]
    assert {name for name in carriers if group.flag in schemas[name]["properties"]} == carriers & READS


@pytest.mark.parametrize("model", CARRIERS)
def test_no_question_can_name_them(model: Any) -> None:
    paths = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
    asked = {one["name"] for path in paths.values() for op in path.values() for one in op.get("parameters", [])}
    assert asked.isdisjoint(model.__guarded__.fields)


@pytest.mark.parametrize("model", CARRIERS)
def test_a_list_that_carries_or_sorts_by_them_asks_for_the_right(model: Any) -> None:
    listing: Listing = LISTS[model]
    named = {getattr(column, "key", None) for column in listing.columns} | listing.sorts.keys()
    assert listing.guarded is not named.isdisjoint(model.__guarded__.fields)
