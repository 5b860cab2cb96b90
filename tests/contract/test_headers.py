"""What answers carry in their heads is what the contract says of them, where they are done and where they are refused."""

import re
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from httpx import Response

from api.document import build
from app.core.headers import ANSWERED
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
PLAIN = {name.lower() for name in ANSWERED} - {"content-type"}


def declared(document: dict[str, Any], answer: Response) -> set[str]:
    """Return the headers that the contract names for an answer."""
    path = answer.request.url.path
    fits = [one for one in document["paths"] if re.fullmatch(re.sub(r"{\w+}", r"[^/]+", one), path)]
    operation = document["paths"][min(fits, key=lambda one: one.count("{"))][answer.request.method.lower()]
    said = operation["responses"][str(answer.status_code)]
    if "$ref" in said:
        said = document["components"]["responses"][said["$ref"].rsplit("/", 1)[-1]]
    return {name.lower() for name in said["headers"]}


async def answers(client: Client, nobody: Client) -> list[Response]:
    """Return answers that were done, done before, held already and refused."""
    listed = await client.get("/customers")
    same = await client.get("/customers", headers={"If-None-Match": listed.headers["etag"]})
    key = {"Idempotency-Key": "once"}
    body = {"name": "全新客户公司"}
    made = await client.post("/customers", json=body, headers=key)
    place, version = f"/customers/{made.json()['id']}", {"If-Match": '"1"'}
    return [
        listed, same, made, await client.post("/customers", json=body, headers=key),
        await client.get(place), await client.patch(place, json={"memo": "x"}, headers=version),
        await client.patch(place, json={"memo": "y"}, headers=version), await client.patch(place, json={}),
        await client.post("/customers", json={}), await client.get("/customers/999"), await client.get("/customers/changes"),
        await client.delete(place, headers={"If-Match": '"2"'}), await client.patch(place, json={"memo": "z"}, headers=version),
        await client.post("/chances", json={"title": "机会", "customer_name": "甲"}), await client.get("/users"),
        await client.get("/customers/changes?after=x"), await nobody.get("/api/v1/customers"), await client.get("/dict"),
    ]  # fmt: skip


async def test_answers_carry_what_the_contract_says(
    app: FastAPI, team: Team, make: Make, as_: As, client: Client
) -> None:
    document = build(app)
    person = await with_rights(make, team, all=("customers:read", "customers:create", "customers:update",
                                                "customers:delete", "chances:create", "chances:read", "dict:read"))  # fmt: skip
    seen: set[int] = set()
    found = await answers(as_(person), client)
    for answer in found:
        carried = {name.lower() for name in answer.headers} & PLAIN
        place = (answer.request.method, answer.request.url.path, answer.status_code)
        assert carried <= declared(document, answer), (place, carried - declared(document, answer))
        seen.add(answer.status_code)
    assert {200, 201, 204, 304, 401, 403, 404, 412, 422, 428} <= seen
