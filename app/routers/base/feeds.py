"""The one way in which a noun with a list tells what changed in it, for programs that mirror its records."""

from typing import Annotated, Any

from fastapi import Query

from app.core.ctx import Ctx
from app.core.listing import Listing
from app.models.access.rbac import Permission
from app.routers.deps import Allow
from app.routers.route import NounRouter
from app.schemas.base.changes import ChangesQuery, ChangesRead
from app.services.base import changes

TELLS = """List the records that were created, changed or deleted since `after`, or came into or left your data scope.

A mirror asks once without `after`, which answers with no records and the cursor of now; then it reads the whole list;
then it asks with `next_cursor` again and again, at once while `more` is true, and reads anew or drops what it is told
of. Nothing appears behind a cursor. Asked with a cursor of before a restore of the database or a change of your reach,
or one older than 30 days, it answers 410: begin anew.
"""


def offer(router: NounRouter, right: Permission, listing: Listing) -> None:
    """Add `GET /<noun>/changes` to the router of a noun, for who holds the right of its list."""

    async def tell(ctx: Annotated[Ctx, Allow(right)], query: Annotated[ChangesQuery, Query()]) -> dict[str, Any]:
        return await changes.page(ctx, listing.model, query)

    tell.__doc__ = TELLS
    name = f"follow_{listing.model.__audit__}"
    router.add_api_route("/changes", tell, methods=["GET"], name=name, response_model=ChangesRead)
