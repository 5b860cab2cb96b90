"""Telephones without their area are digits, no number that can be dialled from everywhere: those kept as one are read again.

Revision ID: 0034
Revises: 0033
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from app.core.phones import normal
from migrations import batches

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NOTE = "migration.local_telephones"
WHOLE = 13
"""Characters of a number with its area: +86 and ten digits. Only what is shorter is read otherwise now."""
FORMS = {
    ("cst_customer", "cust_id"): {"cust_tel_norm": "cust_tel"},
    ("cst_linkman", "lkm_id"): {"lkm_tel_norm": "lkm_tel", "lkm_mobile_norm": "lkm_mobile"},
}


def upgrade() -> None:
    """Read the short ones anew, a batch at a time."""
    if context.is_offline_mode():
        return
    with op.get_context().autocommit_block():
        connection = op.get_bind()
        for (table, key), forms in FORMS.items():
            columns = [column for pair in forms.items() for column in pair]
            batches.walk(connection, NOTE, table, key, columns, partial(_change, table, key, list(forms)))
        with connection.engine.begin() as own:
            batches.finish(own, NOTE)


def _change(table: str, key: str, forms: list[str], connection: sa.Connection, rows: Sequence[Any]) -> int:
    changed = 0
    for row_id, *values in rows:
        pairs = zip(forms, values[::2], values[1::2], strict=True)
        new = {form: normal(typed) for form, was, typed in pairs if _short(was) and typed and normal(typed) != was}
        if new:
            given = ", ".join(f"{form} = :{form}" for form in new)
            connection.execute(sa.text(f"update {table} set {given} where {key} = :id"), {"id": row_id, **new})
            changed += len(new)
    return changed


def _short(number: str | None) -> bool:
    return bool(number and number.startswith("+86") and len(number) < WHOLE)


def downgrade() -> None:
    """The digits stay."""
