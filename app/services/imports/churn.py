"""What customers are after churn that an import told of was taken back: what their newest entry says."""

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.arrays import one_of
from app.core.bulk import change
from app.core.ctx import Ctx
from app.models.care.losses import OPEN, Loss
from app.models.customers.customers import Customer
from app.services.imports.keys import ACROSS
from app.services.imports.uses import ACTION


async def follow(ctx: Ctx, customers: set[int]) -> None:
    """Let customers be what their newest entry of churn says, normal where none is left."""
    newest = select(Loss.customer_id, Loss.status, Loss.returned_at).ext(distinct_on(Loss.customer_id))
    newest = newest.where(one_of(Loss.customer_id, customers), Loss.deleted_at.is_(None))
    newest = newest.order_by(Loss.customer_id, Loss.found_at.desc(), Loss.id.desc())
    said = dict.fromkeys(sorted(customers), "normal")
    for row_id, status, returned_at in await ctx.session.execute(newest, execution_options=ACROSS) if customers else ():
        still = "lost" if status == "lost" and not returned_at else "normal"
        said[row_id] = "warning" if status in OPEN else still
    for state in sorted({*said.values()}):
        ids = [row_id for row_id, one in said.items() if one == state]
        await change(ctx, Customer, and_(one_of(Customer.id, ids), Customer.status != state), ACTION, status=state)
