"""A search finds what a reader would find: by an index or asked of each row, rare or common, for every list."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.finds import either
from app.core.listing import LISTINGS
from app.core.pinyin import keys
from app.core.prepared import BUILT
from app.core.sought import sought
from app.core.walks import COUNT_CAP
from app.models.care.losses import Loss
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.customers.linkmen import Linkman
from app.models.goods.products import Product
from app.models.orders.orders import Order
from app.models.sales.chances import Chance
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.team import Team

As = Callable[..., Client]
NAMES = (
    "华为技术有限公司", "中兴通讯股份", "Acme Corp", "acorn Trading Ltd", "Ａｃｍｅ全角", "云启科技", "Cafe\u0301 Müller",
    "100% 棉", "a_b", "A\\B", "Ⅷ号仓库", "3M China", "ΑΒΓ Holdings", "公司 135 1234", "bcab",
)  # fmt: skip
TEXTS = (
    "华", "为", "华为", "技术", "a", "A", "ａ", "ac", "corp", "ORP", "cme c", "ｃｍｅ", "hw", "huawei", "zxtx", "云", "%", "_", "\\",
    "0%", "a_", "é", "müller", "viii", "Ⅷ", "3", "3m", "α", "135", "1234", "5 12", "KH", "KH2020", "kh20200101", "JH2020", "FW2", "DD2", "x",
    "cabc", "bcab", "Ⅶ", "İ", "ß", "😀",
)  # fmt: skip
FILLED = (Customer, Linkman, Chance, Service, Order, Loss, Product)
"""What `fill` makes that carries a name."""
SEARCHED = {listing.model.__tablename__ + listing.query.__name__: listing for listing in LISTINGS if listing.search}


async def fill(make: Make, team: Team) -> None:
    """Make what all lists are about, by these names."""
    for place, name in enumerate(NAMES):
        owner = (team.manager, team.colleague, team.stranger)[place % 3]
        pinyin, initials = keys(name)
        customer = await make.customer(owner, name, pinyin=pinyin, initials=initials, tel=f"010-5550 12{place:02}")
        product = await make.product(name, price=1)
        await make.linkman(customer, name, mobile=f"138000012{place:02}")
        await make.chance(owner, title=name, customer_id=customer.id, customer_name=customer.name)
        await make.service(customer, owner, title=name)
        await make.activity(customer, owner)
        await make.order(customer, (product, 1), contract_no=name)
        await make.loss(customer)
    await make.session.commit()


@pytest.mark.parametrize("name", SEARCHED)
async def test_an_index_answers_what_is_asked_of_each_row(name: str, make: Make, team: Team) -> None:
    await fill(make, team)
    listing = SEARCHED[name]
    assert listing.search
    found = set()
    for text in TEXTS:
        ways = listing.search(make.ctx, sought(text))
        by_index = select(listing.model.id).where(listing.model.id.in_(either(listing.model, ways)))
        by_row = select(listing.model.id).where(or_(*(way.check for way in ways)))
        told = {"scoped": "both ways, of all rows"}
        one, other = [set(await make.session.scalars(each, execution_options=told)) for each in (by_index, by_row)]
        assert one == other, text
        found |= one
    assert found or listing.model not in FILLED


def matches(name: str, text: str) -> bool:
    """Tell by the rule whether a customer is found: a part of the name, one character its first; or pinyin or initials."""
    plain, word = unicodedata.normalize("NFKC", name).lower(), unicodedata.normalize("NFKC", text).lower()
    part = plain.startswith(word) if len(word) == 1 else word in plain
    latin = word.isascii() and word.isalpha()
    return part or (latin and any(key.startswith(word) for key in keys(name)))


@pytest.mark.parametrize("who", ["executive", "supervisor", "manager"])
async def test_a_text_finds_what_a_reader_would_find(who: str, make: Make, team: Team, as_: As) -> None:
    await fill(make, team)
    person = as_(getattr(team, who))
    seen = [row["name"] for row in (await person.get("/customers?limit=200")).json()["items"]]
    assert seen
    for text in (
        "华",
        "为",
        "a",
        "A",
        "ａ",
        "ac",
        "orp",
        "cme c",
        "hw",
        "huawei",
        "云",
        "%",
        "0%",
        "a_",
        "\\",
        "é",
        "viii",
        "x",
    ):
        page = (await person.get("/customers", params={"q": text, "limit": 200})).json()
        assert [row["name"] for row in page["items"]] == [name for name in seen if matches(name, text)], text
        assert (page["total"], page["total_is_exact"]) == (len(page["items"]), True), text


async def many(make: Make, team: Team, count: int) -> None:
    """Make so many customers of one name and one manager, and three of a colleague's, the first of them all."""
    rows = [
        {
            "number": f"KH20200102{n:07}", "name": f"云{n}", "pinyin": "yun", "initials": "y", "status": "normal",
            "manager_id": (team.colleague if n < 3 else team.manager).id, "created_at": make.ctx.now + timedelta(seconds=n),
        }
        for n in range(count + 3)
    ]  # fmt: skip
    await make.session.execute(insert(Customer), rows)
    await make.session.commit()


@pytest.mark.parametrize("text", ["云", "yun"])
async def test_a_text_that_finds_more_than_the_cap_is_listed_in_its_order(
    text: str, make: Make, team: Team, as_: As
) -> None:
    await many(make, team, COUNT_CAP)
    boss, few = as_(team.executive), as_(team.colleague)
    names, query = [], {"q": text, "limit": 2}
    for _ in range(2):
        page = (await boss.get("/customers", params=query)).json()
        names += [row["name"] for row in page["items"]]
        query |= {"cursor": page["next_cursor"]}
    assert names == [f"云{COUNT_CAP + 2 - place}" for place in range(4)]
    first = (await boss.get("/customers", params={"q": text, "limit": 2, "sort": "created_at"})).json()
    assert ([row["name"] for row in first["items"]], first["total"]) == (["云0", "云1"], COUNT_CAP)
    assert first["total_is_exact"] is False
    own = (await few.get("/customers", params={"q": text})).json()
    assert ([row["name"] for row in own["items"]], own["total"]) == (["云2", "云1", "云0"], 3)
    assert own["total_is_exact"] is True


async def test_texts_of_one_form_are_found_by_one_statement(
    make: Make, team: Team, as_: As, engine: AsyncEngine
) -> None:
    await fill(make, team)
    person, heard = as_(team.executive), []
    await person.get("/customers?q=zz")

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            heard.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    built = len(BUILT)
    try:
        for text, name in (("acme", "Acme Corp"), ("acorn", "acorn Trading Ltd"), ("huawei", "华为技术有限公司")):
            page = (await person.get("/customers", params={"q": text})).json()
            assert name in [row["name"] for row in page["items"]], text
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
    assert (len(heard), len(set(heard)), len(BUILT)) == (6, 2, built)
