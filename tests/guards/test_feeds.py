"""Every list of records has a feed of what changes in it, and a filter by when they changed."""

from typing import Any

import pytest
from fastapi import FastAPI

from api.document import build
from app.core import feed
from app.core.leads import leads
from app.core.listing import LISTINGS, Listing
from app.core.owners import Owned, declared
from app.core.paging import RecordQuery
from app.models.care.services import Service
from app.models.customers.customers import Customer
from app.models.sales.chances import Chance
from app.services.access import people
from app.services.reports import periodic

WITHOUT = {
    people.listing: "the names of users, whose feed tells of them",
    periodic.listing: "an issued report never changes, a draft is its author's alone",
}
"""Lists of records without a feed, and why."""
OF_RECORDS = [one for one in LISTINGS if feed.is_record(one.model)]


def test_every_list_of_records_has_a_feed(app: FastAPI) -> None:
    paths = build(app)["paths"]
    there = {path.split("/")[3] for path in paths if path.endswith("/changes")}
    wanted = {one.model.__audit__ for one in OF_RECORDS if one not in WITHOUT}
    assert there == wanted
    assert len(there) >= 12
    for noun in there:
        listing, following = paths[f"/api/v1/{noun}"]["get"], paths[f"/api/v1/{noun}/changes"]["get"]
        assert following["security"] == listing["security"], noun
        assert {"410", "422"} <= following["responses"].keys()


@pytest.mark.parametrize(
    "listing", [one for one in LISTINGS if hasattr(one.model, "updated_at")], ids=lambda one: one.query.__name__
)
def test_every_list_filters_by_when_its_records_changed(listing: Listing) -> None:
    assert issubclass(listing.query, RecordQuery)
    assert "updated_after" in listing.filters


def test_owners_are_told_from_the_columns_that_they_come_from() -> None:
    assert feed.owners(Chance) == ("assignee_id", "creator_id")
    assert feed.owners(Service) == ("assignee_id", "manager_id")
    assert feed.owners(Customer) == ("manager_id",)
    for model in feed.records().values():
        if isinstance(scope := declared(model), Owned):
            column: Any = getattr(model, scope.owner).property.columns[0]
            assert column.computed is None or str(column.computed.sqltext).startswith("coalesce("), model


def test_leads_are_told_from_the_grants() -> None:
    found = {(source, lead.target, lead.key, lead.person) for source, many in leads().items() for lead in many}
    assert found == {
        (Chance, Customer, "customer_id", "assignee_id"),
        (Service, Customer, "customer_id", "assignee_id"),
    }
    assert {"status", "deleted_at", "customer_id", "assignee_id"} == leads()[Chance][0].reads
    granted = sum(
        len(declared(model).grants) for model in {*feed.records().values()} if isinstance(declared(model), Owned)
    )  # type: ignore[union-attr]
    assert granted == len(found)
