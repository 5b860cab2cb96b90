"""Chances name competitors by their rows instead of values of the dictionary, whose type goes.

A value becomes a row under its item as code, unless there is one of that code; where another competitor has its name, the
code is added to it. The log says of chances what they say now.

Revision ID: 0053
Revises: 0052
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from app.core.pinyin import keys
from migrations import batches, indexes

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

NOTE, INDEX, FOREIGN = "migration.competitors", "ix_sal_chance_competitor", "fk_sal_chance_chc_competitor_id"
VALUES = sa.text(
    "select dict_item as code, dict_value as name, dict_value_en as english, dict_enabled as enabled from bas_dict "
    "where dict_type = 'competitor' union all select distinct chc_competitor, chc_competitor, null, false from sal_chance "
    "where chc_competitor is not null and not exists (select from bas_dict where dict_type = 'competitor' and dict_item = chc_competitor)"
)
"""What the dictionary has, and what chances say that it has no more."""
NAMED = sa.text(
    "select 1 from mkt_competitor where deleted_at is null and lower(normalize(cpt_name, NFKC)) = lower(normalize(:name, NFKC))"
)
ADD = sa.text(
    "insert into mkt_competitor (cpt_code, cpt_name, cpt_name_en, cpt_pinyin, cpt_initials, cpt_enabled) "
    "values (:code, :name, :english, :pinyin, :initials, :enabled) on conflict (cpt_code) do nothing"
)
FILL = sa.text(
    "update sal_chance set chc_competitor_id = cpt_id from mkt_competitor "
    "where chc_id = any(:ids) and cpt_code = chc_competitor and chc_competitor_id is null"
)
BACK = "update sal_chance set chc_competitor = cpt_code from mkt_competitor where cpt_id = chc_competitor_id"
LOG = (
    "update sys_log set log_changes = log_changes - 'competitor' || jsonb_build_object('competitor_id', "
    "(select jsonb_agg((select cpt_id from mkt_competitor where cpt_code = said) order by place) "
    "from jsonb_array_elements_text(log_changes -> 'competitor') with ordinality as sides(said, place))) "
    "where log_entity = 'chances' and log_changes ? 'competitor'"
)
LOG_BACK = (
    "update sys_log set log_changes = log_changes - 'competitor_id' || jsonb_build_object('competitor', "
    "(select jsonb_agg((select cpt_code from mkt_competitor where cpt_id = said::bigint) order by place) "
    "from jsonb_array_elements_text(log_changes -> 'competitor_id') with ordinality as sides(said, place))) "
    "where log_entity = 'chances' and log_changes ? 'competitor_id'"
)


def upgrade() -> None:
    """Fill the new column beside those who work, a batch at a time; the old one goes when all is there."""
    with op.get_context().autocommit_block():
        op.execute("alter table sal_chance add column if not exists chc_competitor_id bigint")
        if not context.is_offline_mode():
            connection = op.get_bind()
            _rows(connection)
            batches.walk(connection, NOTE, "sal_chance", "chc_id", ["chc_competitor"], _filled)
            with connection.engine.begin() as own:
                batches.finish(own, NOTE)
        # Gone with the column that it is of; the new one has its name.
        op.execute(f"drop index concurrently if exists {INDEX}")
        indexes.build(INDEX, "sal_chance (chc_competitor_id) where chc_competitor_id is not null")
        _refer()
    op.execute(LOG)
    op.execute("-- squawk-ignore ban-drop-column\nalter table sal_chance drop column chc_competitor")
    op.execute("delete from bas_dict where dict_type = 'competitor'")


def _rows(connection: sa.Connection) -> None:
    """Make a row of each value; one of that code may be there already, kept by hand meanwhile."""
    with connection.engine.begin() as own:
        for code, name, english, enabled in own.execute(VALUES).all():
            title = f"{name} ({code})" if own.scalar(NAMED, {"name": name}) else name
            pinyin, initials = keys(title)
            said = {"code": code, "name": title, "english": english, "enabled": enabled}
            own.execute(ADD, {**said, "pinyin": pinyin, "initials": initials})


def _filled(connection: sa.Connection, rows: Sequence[Any]) -> int:
    ids = [row_id for row_id, said in rows if said is not None]
    return connection.execute(FILL, {"ids": ids}).rowcount if ids else 0


def _refer() -> None:
    # Of a run that was killed.
    ignored = "-- squawk-ignore ban-drop-constraint"
    op.execute(f"{ignored}\nalter table sal_chance drop constraint if exists {FOREIGN}")
    op.execute(
        f"alter table sal_chance add constraint {FOREIGN} "
        "foreign key (chc_competitor_id) references mkt_competitor (cpt_id) not valid"
    )
    op.execute(f"alter table sal_chance validate constraint {FOREIGN}")


def downgrade() -> None:
    """Let chances say the code again; the values of the dictionary come back of those that are there."""
    op.execute("alter table sal_chance add column chc_competitor text")
    op.execute(BACK)
    op.execute(LOG_BACK)
    op.execute(
        "insert into bas_dict (dict_type, dict_item, dict_value, dict_value_en, dict_sort, dict_enabled, dict_is_editable) "
        "select 'competitor', cpt_code, cpt_name, cpt_name_en, 10 * row_number() over (order by cpt_id), cpt_enabled, true "
        "from mkt_competitor where deleted_at is null"
    )
    op.execute("alter table sal_chance drop column chc_competitor_id")
    with op.get_context().autocommit_block():
        indexes.build(INDEX, "sal_chance (chc_competitor) where chc_competitor is not null")
