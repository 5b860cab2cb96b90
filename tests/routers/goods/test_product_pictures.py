"""Pictures of products: judged by their bytes, served under their version, never in lists nor in the log."""

import base64
import struct
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from app.services.goods.product_pictures import LARGEST
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team, with_rights

As = Callable[..., Client]
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100ffd9")
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")


def png(width: int, height: int, tail: bytes = b"") -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06\0\0\0" + tail


PNG = png(64, 32)


def data_url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


async def send(client: Client, product_id: int, content: bytes, kind: str = "image/png", **options: Any) -> Any:
    path = f"/products/{product_id}/pictures"
    return await client.post(path, json={"image": data_url(kind, content)}, **options)


async def some(client: Client, product_id: int, count: int) -> dict[str, Any]:
    """Add so many pictures, and return the product."""
    answer: httpx.Response = await client.get(f"/products/{product_id}")
    for n in range(count):
        answer = await send(client, product_id, png(10 + n, 10))
        assert answer.status_code == 201, answer.text
    return answer.json()


class TestAdd:
    @pytest.mark.parametrize(
        ("kind", "content", "size"),
        [("image/png", PNG, (64, 32)), ("image/jpeg", JPEG, (32, 16)), ("image/webp", WEBP, (1, 1)),
         ("image/png", PNG.ljust(LARGEST, b"\0"), (64, 32)), ("image/png", png(2048, 2048), (2048, 2048))],
        ids=["png", "jpeg", "webp", "heaviest", "widest"],
    )  # fmt: skip
    async def test_it_is_kept_and_served_as_it_is(
        self, kind: str, content: bytes, size: tuple[int, int], team: Team, as_: As, make: Make
    ) -> None:
        product = await make.product()
        answer = await send(as_(team.admin), product.id, content, kind)
        assert answer.status_code == 201, answer.text
        (picture,) = answer.json()["pictures"]
        assert ((picture["width"], picture["height"]), picture["type"], picture["size"]) == (size, kind, len(content))
        assert answer.json()["version"] == 2
        shown = await as_(team.manager).get(f"/products/{product.id}/pictures/{picture['id']}")
        assert (shown.content, shown.headers["content-type"]) == (content, kind)
        assert shown.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize(
        ("image", "code"),
        [
            (data_url("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not_an_image"),
            (data_url("image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not_an_image"),
            (data_url("image/png", b"<script>alert(1)</script>"), "not_an_image"),
            (data_url("image/jpeg", PNG), "not_an_image"),
            (data_url("image/gif", b"GIF89a"), "not_an_image"),
            (data_url("image/png", PNG[:20]), "not_an_image"),
            (data_url("image/png", png(2049, 1)), "too_many_pixels"),
            (data_url("image/png", png(0, 1)), "too_many_pixels"),
            (data_url("image/png", PNG.ljust(LARGEST + 1, b"\0")), "too_large"),
            ("https://example.com/picture.png", "not_an_image"),
            ("", "not_an_image"),
        ],
    )
    async def test_what_is_refused(self, image: str, code: str, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        answer = await as_(team.admin).post(f"/products/{product.id}/pictures", json={"image": image})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/image")
        assert answer.json()["errors"][0]["code"] == code
        assert (await as_(team.admin).get(f"/products/{product.id}")).json()["pictures"] == []

    async def test_the_largest_fits_into_a_body_and_a_larger_one_does_not(
        self, team: Team, as_: As, make: Make
    ) -> None:
        product = await make.product()
        answer = await as_(team.admin).post(f"/products/{product.id}/pictures", json={"image": "x" * 2**20})
        assert answer.status_code == 413

    async def test_five_are_all_and_none_twice(self, team: Team, as_: As, make: Make) -> None:
        product, admin = await make.product(), as_(team.admin)
        await some(admin, product.id, 4)
        again = await send(admin, product.id, png(10, 10))
        assert (again.status_code, again.json()["errors"][0]["pointer"]) == (409, "/image")
        assert (await send(admin, product.id, PNG)).status_code == 201
        full = await send(admin, product.id, png(99, 99))
        assert (full.status_code, full.json()["code"]) == (409, "too_many_pictures")
        other = await make.product("产品乙")
        assert (await send(admin, other.id, PNG)).status_code == 201

    async def test_who_does_not_keep_products_only_looks(self, team: Team, as_: As, make: Make) -> None:
        product = await make.product()
        (picture,) = (await some(as_(team.admin), product.id, 1))["pictures"]
        path = f"/products/{product.id}/pictures"
        for person in (team.supervisor, team.manager, team.executive):
            client = as_(person)
            assert (await send(client, product.id, PNG)).status_code == 403
            gone = await client.delete(f"{path}/{picture['id']}", headers={"If-Match": '"2"'})
            order = await client.put(path, json={"ids": [picture["id"]]}, headers={"If-Match": '"2"'})
            assert (gone.status_code, order.status_code) == (403, 403)
            assert (await client.get(f"{path}/{picture['id']}")).status_code == 200

    async def test_an_older_version_is_refused_when_it_is_told(self, team: Team, as_: As, make: Make) -> None:
        product, admin = await make.product(), as_(team.admin)
        await some(admin, product.id, 1)
        assert (await send(admin, product.id, PNG, headers={"If-Match": '"1"'})).status_code == 412
        assert (await send(admin, product.id, PNG, headers={"If-Match": '"2"'})).status_code == 201
        assert (await send(admin, 10**9, PNG)).status_code == 404


class TestShow:
    async def test_under_its_version_a_browser_keeps_it(self, team: Team, as_: As, make: Make, client: Client) -> None:
        product = await make.product()
        (picture,) = (await some(as_(team.admin), product.id, 1))["pictures"]
        path, manager = f"/products/{product.id}/pictures/{picture['id']}", as_(team.manager)
        known = await manager.get(f"{path}?v={picture['hash']}")
        assert known.headers["cache-control"] == "private, max-age=31536000, immutable"
        for query in ("", "?v=other"):
            assert (await manager.get(path + query)).headers["cache-control"] == "private, no-cache"
        unchanged = await manager.get(path, headers={"If-None-Match": known.headers["etag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert (await client.get(f"/api/v1{path}")).status_code == 401
        nobody = await with_rights(make, team, own=("customers:read",))
        assert (await as_(nobody).get(path)).status_code == 403

    async def test_it_is_of_its_product_alone(self, team: Team, as_: As, make: Make) -> None:
        product, other = await make.product(), await make.product("产品乙")
        (picture,) = (await some(as_(team.admin), product.id, 1))["pictures"]
        for path in (f"{other.id}/pictures/{picture['id']}", f"{product.id}/pictures/{10**9}"):
            assert (await as_(team.manager).get(f"/products/{path}")).status_code == 404
            gone = await as_(team.admin).delete(f"/products/{path}", headers={"If-Match": '"2"'})
            assert gone.status_code == 404

    async def test_lists_and_the_log_have_no_content(
        self, team: Team, as_: As, make: Make, connection: AsyncConnection
    ) -> None:
        product, admin, statements = await make.product(), as_(team.admin), list[str]()
        whole = await some(admin, product.id, 2)
        event.listen(
            connection.sync_connection, "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text)
        )
        answers = [await admin.get(path) for path in ("/products", f"/products/{product.id}", "/audit")]
        assert [text for text in statements if "ppc_content" in text] == []
        row = answers[0].json()["items"][0]
        first = whole["pictures"][0]
        assert row["picture"] == {"id": first["id"], "hash": first["hash"]}
        log = [entry for entry in answers[2].json()["items"] if entry["action"] == "add_picture"]
        assert {key for entry in log for key in entry["changes"]} == {"id", "hash", "type", "width", "height", "size"}
        assert {entry["entity_id"] for entry in log} == {product.id}


class TestOrderAndRemove:
    async def test_the_first_stands_for_the_product(self, team: Team, as_: As, make: Make) -> None:
        product, admin = await make.product(), as_(team.admin)
        whole = await some(admin, product.id, 3)
        one, two, three = (picture["id"] for picture in whole["pictures"])
        path = f"/products/{product.id}/pictures"
        turned = await admin.put(path, json={"ids": [three, one, two]}, headers={"If-Match": '"4"'})
        assert [picture["id"] for picture in turned.json()["pictures"]] == [three, one, two]
        assert turned.json()["picture"]["id"] == three
        left = await admin.delete(f"{path}/{three}", headers={"If-Match": '"5"'})
        assert (left.status_code, left.json()["picture"]["id"]) == (200, one)
        added = await send(admin, product.id, PNG)
        assert [picture["id"] for picture in added.json()["pictures"]][:2] == [one, two]

    async def test_all_are_named_once_under_the_present_version(self, team: Team, as_: As, make: Make) -> None:
        product, admin = await make.product(), as_(team.admin)
        one, two = (picture["id"] for picture in (await some(admin, product.id, 2))["pictures"])
        path = f"/products/{product.id}/pictures"
        for ids in ([one], [one, one], [one, two, 10**9], []):
            answer = await admin.put(path, json={"ids": ids}, headers={"If-Match": '"3"'})
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/ids"), ids
        for method, url, body in (("PUT", path, {"ids": [two, one]}), ("DELETE", f"{path}/{one}", None)):
            assert (await admin.request(method, url, json=body)).status_code == 428
            assert (await admin.request(method, url, json=body, headers={"If-Match": '"1"'})).status_code == 412
