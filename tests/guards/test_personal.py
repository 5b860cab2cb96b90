"""The personal facts of contacts stand where their right is asked for, and nowhere else."""

import json

from api.openapi import FILE
from app.models.linkmen import PERSONAL

CARRIERS = {"LinkmanRead", "LinkmanWrite", "LinkmanPatch", "LinkmanImport"}
"""The detail, which leaves them empty for who may not see them, and the bodies that write them."""


def test_only_these_schemas_carry_personal_facts() -> None:
    schemas = json.loads(FILE.read_text(encoding="utf-8"))["components"]["schemas"]
    assert {
        name for name, one in schemas.items() if not one.get("properties", {}).keys().isdisjoint(PERSONAL)
    } == CARRIERS
