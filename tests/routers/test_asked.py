"""What an address is asked and does not know is refused, whatever it answers with: no filter is silently left out."""

from collections.abc import Callable

import pytest

from tests.conftest import Client
from tests.factories.team import Team

As = Callable[..., Client]


@pytest.mark.parametrize(
    "place",
    ["/departments", "/dict", "/roles", "/processes", "/product-categories", "/me", "/customers", "/customers/1"],
)
async def test_a_read_refuses_what_it_does_not_know(place: str, team: Team, as_: As) -> None:
    answer = await as_(team.admin).get(place, params={"shelf": "1", "updated_before": "2"})
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [
        ("/shelf", "extra_forbidden"),
        ("/updated_before", "extra_forbidden"),
    ]


async def test_a_write_that_knows_no_dry_run_writes_nothing(team: Team, as_: As) -> None:
    body = {"name": "全新客户公司"}
    refused = await as_(team.manager).post("/customers?dry_run=true", json=body, headers={"Accept-Language": "zh"})
    assert (refused.status_code, refused.json()["errors"][0]["message"]) == (422, "没有这个字段")
    assert (await as_(team.manager).get("/customers")).json()["total"] == 0
