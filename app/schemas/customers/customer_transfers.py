"""Customers that go to another manager: what is asked, what would go along, what went."""

from typing import Annotated

from pydantic import Field

from app.core.types import Body, Id, OptionalRef, Read, Ref
from app.schemas.base.bulk import BulkItems, BulkResult
from app.schemas.base.told import Reason

Ticked = Annotated[
    list[Id] | None,
    Field(max_length=10_000, description="Which of the preview go along; left out: all of them, []: none."),
]


class TransferBody(Body):
    """To whom, why, and which open work of the old manager goes along."""

    manager_id: Id
    reason: Reason
    chance_ids: Ticked = None
    service_ids: Ticked = None


class TransferPick(Body):
    """Which customers."""

    items: BulkItems


class BulkTransferBody(TransferBody):
    """Transfer many at once; each row is done or refused by itself."""

    items: BulkItems


class TransferWork(Read):
    """An open chance or service that the customer's present manager works on."""

    id: int
    number: str
    title: str
    status: str
    customer: Ref


class TransferCustomer(Read):
    """A customer that would go; its present manager may have left."""

    id: int
    version: int
    number: str
    name: str
    manager: OptionalRef


class TransferPreview(Read):
    """What a transfer would move. Closed work and what past orders are credited to stay."""

    customers: list[TransferCustomer]
    chances: list[TransferWork]
    services: list[TransferWork]
    refused: list[BulkResult]


class TransferRead(Read):
    """What went; the customer may be out of the caller's sight now."""

    id: int
    version: int
    manager: Ref
    chances: int
    services: int


class BulkTransferRead(Read):
    """The results in the order sent, and how much open work went along."""

    results: list[BulkResult]
    chances: int
    services: int
