"""The life cycle of sales chances: assign, move, close, reopen."""

from typing import Annotated, Any

from app.core.ctx import Ctx
from app.models.access.rbac import Permission as P
from app.routers.deps import Allow, Id
from app.routers.etags import MayMatch
from app.routers.route import NounRouter
from app.schemas.base.bulk import BulkRead
from app.schemas.sales.chance_steps import (
    AssignBody,
    BulkAssignBody,
    FailBody,
    MoveBody,
    ProposeBody,
    ReasonBody,
    ReopenBody,
    SucceedBody,
)
from app.schemas.sales.chances import ChanceRead
from app.services.sales import chance_steps as steps

router = NounRouter("/chances", "chances")
Editor = Annotated[Ctx, Allow(P.chances_update)]
Assigner = Annotated[Ctx, Allow(P.chances_assign)]
Closer = Annotated[Ctx, Allow(P.chances_close)]


@router.post("/bulk-assign", response_model=BulkRead)
async def bulk_assign_chances(ctx: Assigner, body: BulkAssignBody) -> BulkRead:
    """Assign up to 1,000 chances to one person; each row is done or refused by itself."""
    return await steps.bulk_assign(ctx, body)


@router.post("/{chance_id}/propose", response_model=ChanceRead)
async def propose_chance(
    ctx: Annotated[Ctx, Allow(P.chances_create)], chance_id: Id, body: ProposeBody, version: MayMatch
) -> dict[str, Any]:
    """Propose an assignee for a chance that you created; null takes the proposal back."""
    return await steps.propose(ctx, chance_id, version, body)


@router.post("/{chance_id}/assign", response_model=ChanceRead)
async def assign_chance(ctx: Assigner, chance_id: Id, body: AssignBody, version: MayMatch) -> dict[str, Any]:
    """Assign a chance, or reassign it with a reason."""
    return await steps.assign(ctx, chance_id, version, body)


@router.post("/{chance_id}/take-back", response_model=ChanceRead)
async def take_back_chance(ctx: Assigner, chance_id: Id, body: ReasonBody, version: MayMatch) -> dict[str, Any]:
    """Take a chance back: it is unassigned again."""
    return await steps.take_back(ctx, chance_id, version, body)


@router.post("/{chance_id}/move", response_model=ChanceRead)
async def move_chance(ctx: Editor, chance_id: Id, body: MoveBody, version: MayMatch) -> dict[str, Any]:
    """Move an open chance to another stage of its process.

    A later stage is refused (409 `stage-conditions`) while conditions of the stages on the way are not met: `unmet` names
    them stage by stage. An earlier one needs a reason.
    """
    return await steps.move(ctx, chance_id, version, body)


@router.post("/{chance_id}/succeed", response_model=ChanceRead)
async def succeed_chance(ctx: Closer, chance_id: Id, body: SucceedBody, version: MayMatch) -> dict[str, Any]:
    """Close a chance as won; it links a customer or creates one with its contact and first activity."""
    return await steps.succeed(ctx, chance_id, version, body)


@router.post("/{chance_id}/fail", response_model=ChanceRead)
async def fail_chance(ctx: Closer, chance_id: Id, body: FailBody, version: MayMatch) -> dict[str, Any]:
    """Close a chance as failed; its open plan items are cancelled."""
    return await steps.fail(ctx, chance_id, version, body)


@router.post("/{chance_id}/reopen", response_model=ChanceRead)
async def reopen_chance(
    ctx: Annotated[Ctx, Allow(P.chances_reopen)], chance_id: Id, body: ReopenBody, version: MayMatch
) -> dict[str, Any]:
    """Open a closed chance again, a won one within 30 days; it is unassigned when who had it has left."""
    return await steps.reopen(ctx, chance_id, version, body)
