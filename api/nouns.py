"""What the contract says of the nouns (`x-nouns`): where each is read, by which right, and the facts that its records tell.

Whoever builds a screen, a sheet or a form for any noun reads it from here.
"""

import re
from dataclasses import asdict
from typing import Any

from app.core.facts import Fact, facts, schemas
from app.core.nouns import Noun, known

PREFIX = "/api/v1"


def described(document: dict[str, Any]) -> dict[str, Any]:
    """Return noun -> what is said of it, given the addresses of the document."""
    return {code: _noun(code, noun, document["paths"]) for code, noun in known().items()}


def _noun(code: str, noun: Noun, paths: dict[str, Any]) -> dict[str, Any]:
    (one,) = [path for path in paths if re.fullmatch(rf"{PREFIX}/{code}/{{\w+}}", path)]
    listed, read = paths[f"{PREFIX}/{code}"]["get"], paths[one]["get"]
    history = paths.get(f"{one}/history", {}).get("get", {})
    (right,) = {right for door in listed["security"] for rights in door.values() for right in rights}
    return {
        "read": read["operationId"],
        "list": listed["operationId"],
        "history": history.get("operationId"),
        "right": right,
        "title": noun.titled,
        "sort": noun.listing.default,
        "numbered": noun.numbered,
        "binned": noun.binned,
        "restore": str(noun.restore) if noun.binned else None,
        "searched": noun.listing.search is not None,
        "facts": {key: _fact(fact) | _length(noun, fact) for key, fact in facts(noun).items()},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    """Return what is to be said of a fact: what does not hold is left out."""
    return {name: value for name, value in asdict(fact).items() if value and name != "key"}


def _length(noun: Noun, fact: Fact) -> dict[str, int]:
    """Return the most characters that may be written of a text."""
    bodies = [body for purpose, body in schemas(noun).items() if purpose in {"Write", "Patch"}]
    written = [body.model_json_schema()["properties"].get(fact.key, {}) for body in bodies if fact.kind == "text"]
    most = {one["maxLength"] for said in written for one in (said, *said.get("anyOf", ())) if "maxLength" in one}
    return {"most": most.pop()} if most else {}
