"""Importing the tree of product categories, and products into it."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Client
from tests.factories.team import Team
from tests.routers.imports.test_imports import codes, outcomes, send

As = Callable[..., Client]
TREE: list[dict[str, Any]] = [
    {"external_id": "k1", "name": "硬件"},
    {"external_id": "k2", "name": "阀门", "parent_external_id": "k1"},
]


async def test_a_tree_comes_with_its_products_and_again_unchanged(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    product = {"external_id": "p1", "name": "球阀", "category_external_id": "k2"}
    for outcome in ("created", "unchanged"):
        assert outcomes(await send(admin, "product-categories", *TREE)) == [outcome] * 2
        assert outcomes(await send(admin, "products", product)) == [outcome]
    found = {row["external_id"]: row for row in (await admin.get("/product-categories")).json()}
    assert (found["k2"]["parent"]["name"], found["k2"]["products"], found["k1"]["products"]) == ("硬件", 1, 0)
    moved = product | {"category_external_id": {"id": found["k1"]["id"]}}
    assert outcomes(await send(admin, "products", moved)) == ["updated"]
    assert outcomes(await send(admin, "products", product | {"category_external_id": None})) == ["updated"]


async def test_no_circle_and_no_parent_that_is_not_there(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    await send(admin, "product-categories", *TREE)
    results = await send(
        admin,
        "product-categories",
        TREE[0] | {"parent_external_id": "k2"},
        {"external_id": "k3", "name": "x", "parent_external_id": "none"},
    )
    assert codes(results[0]) == {("/rows/0/parent_external_id", "circle")}
    assert codes(results[1]) == {("/rows/1/parent_external_id", "not_found")}
    wrong = await send(admin, "products", {"external_id": "p9", "name": "x", "category_external_id": "none"})
    assert codes(wrong[0]) == {("/rows/0/category_external_id", "not_found")}


async def test_a_category_that_is_closed_closes_what_is_in_it(team: Team, as_: As) -> None:
    admin = as_(team.admin)
    await send(admin, "product-categories", TREE[0] | {"enabled": False}, TREE[1])
    await send(admin, "products", {"external_id": "p1", "name": "球阀", "category_external_id": "k2"})
    assert (await admin.get("/products?external_id=p1")).json()["items"][0]["sold"] is False
