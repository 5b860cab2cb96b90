"""What Kith says itself in data is a code with facts: old rows that were written in Chinese by it are read back.

Revision ID: 0044
Revises: 0041
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from migrations import batches

revision = "0044"
down_revision = "0041"
branch_labels = None
depends_on = None

NOTE = "migration.told"
ACTIVITY, LEDGER = "^由销售机会 (\\S+) 开发成功$", "^(到货|发货|撤销发货|订单) (\\S+?)(?:，订单 (\\S+))?(?:：(.+))?$"
ACTIVITIES = sa.text(
    """
update cst_activity
set atv_told = jsonb_build_object('code', 'chance_won', 'facts', jsonb_build_object('number', found[1])),
    atv_title = found[1]
from (select atv_id as id, regexp_match(atv_title, :form) as found from cst_activity where atv_id = any(:ids)) as old
where atv_id = old.id and found is not null and atv_told is null
"""
)
CHANGES = sa.text(
    """
update storage_ledger
set stl_told = jsonb_build_object(
        'code', case found[1] when '到货' then 'arrival' when '发货' then 'shipment'
            when '撤销发货' then 'shipment_removed' else 'order_taken' end,
        'facts', jsonb_strip_nulls(
            case found[1] when '订单' then jsonb_build_object('order', found[2])
            else jsonb_build_object('number', found[2], 'order', found[3]) end
        )
    ),
    stl_reason = coalesce(found[4], found[2])
from (
    select stl_id as id, regexp_match(stl_reason, :form) as found
    from storage_ledger
    where stl_id = any(:ids) and (stl_order_id is not null or stl_arr_id is not null)
) as old
where stl_id = old.id and found is not null and stl_told is null
"""
)
WORKS = (
    ("cst_activity", "atv_id", "atv_title", ACTIVITIES, ACTIVITY),
    ("storage_ledger", "stl_id", "stl_reason", CHANGES, LEDGER),
)


def upgrade() -> None:
    """Add the columns, then fill them from what follows the pattern; anything else stays a text."""
    op.execute("alter table cst_activity add column if not exists atv_told jsonb")
    op.execute("alter table storage_ledger add column if not exists stl_told jsonb")
    with op.get_context().autocommit_block():
        if not context.is_offline_mode():
            for table, key, column, statement, form in WORKS:
                batches.walk(op.get_bind(), NOTE, table, key, [column], _filling(statement, form))
            batches.finish(op.get_bind(), NOTE)


def _filling(statement: sa.TextClause, form: str) -> batches.Change:
    def fill(connection: sa.Connection, rows: Sequence[Any]) -> int:
        return connection.execute(statement, {"ids": [row[0] for row in rows], "form": form}).rowcount

    return fill


def downgrade() -> None:
    """Write the words again where they were."""
    op.execute(
        "update cst_activity set atv_title = '由销售机会 ' || (atv_told -> 'facts' ->> 'number') || ' 开发成功' "
        "where atv_told is not null"
    )
    op.execute(
        "update storage_ledger set stl_reason = concat("
        "case stl_told ->> 'code' when 'arrival' then '到货 ' when 'shipment' then '发货 ' "
        "when 'shipment_removed' then '撤销发货 ' else '订单 ' end, "
        "coalesce(stl_told -> 'facts' ->> 'number', stl_told -> 'facts' ->> 'order'), "
        "case when stl_told -> 'facts' ? 'number' then '，订单 ' || (stl_told -> 'facts' ->> 'order') end, "
        "case when stl_told ->> 'code' = 'arrival' and stl_reason <> stl_told -> 'facts' ->> 'number' "
        "then '：' || stl_reason end) where stl_told is not null"
    )
    op.drop_column("storage_ledger", "stl_told")
    op.drop_column("cst_activity", "atv_told")
