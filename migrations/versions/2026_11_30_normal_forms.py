"""Names and texts in their normal form, and the forms beside them: companies for twins, telephones, looks of log-in names.

The forms are read by the application's own rules: whoever changes a rule raises its version, and a job reads them again.

Revision ID: 0023
Revises: 0022
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from app.core.lookalikes import skeleton
from app.core.phones import normal
from app.core.texts import CONTROL_IN_LINE, line, lines
from app.models.customer_norms import RULE, norm

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AT_ONCE = 5_000
ALIVE = sa.text("deleted_at is null")
BIGRAMS = """
create or replace function public.crm_bigrams(t text) returns text[] language plpgsql immutable parallel safe strict as $$
declare
  letters text[] := string_to_array(lower({text}), null);
  pairs text[] := '{{}}';
begin
  for i in 1 .. coalesce(array_length(letters, 1), 0) - 1 loop
    pairs := pairs || (letters[i] || letters[i + 1]);
  end loop;
  return pairs;
end $$
"""
READING_BIGRAMS = (
    "ix_cst_customer_search", "ix_cst_linkman_name", "ix_sal_chance_search", "ix_cst_service_title", "ix_product_name",
    "ix_orders_contract",
)  # fmt: skip
TEXTS: dict[tuple[str, str], tuple[str, str]] = {
    ("cst_customer", "cust_id"): (
        (
            "cust_name cust_short_name cust_addr cust_zip cust_tel cust_fax cust_website cust_email cust_licence_no "
            "cust_chieftain cust_bank cust_bank_account cust_local_tax_no cust_national_tax_no"
        ),
        "cust_memo",
    ),
    ("cst_linkman", "lkm_id"): (
        "lkm_name lkm_position lkm_tel lkm_mobile lkm_email lkm_wechat",
        "lkm_education lkm_career lkm_hobby lkm_family lkm_background lkm_memo",
    ),
    ("sal_chance", "chc_id"): ("chc_cust_name chc_title chc_linkman chc_tel", "chc_desc chc_close_note"),
    ("sal_plan", "pla_id"): ("", "pla_todo pla_result"),
    ("cst_activity", "atv_id"): ("atv_place atv_title atv_next_step", "atv_desc atv_memo"),
    ("cst_lost", "lst_id"): ("", "lst_note"),
    ("cst_lost_measure", "lsm_id"): ("", "lsm_text"),
    ("cst_service", "svr_id"): ("svr_title", "svr_request svr_cause svr_measure"),
    ("cst_service_note", "srn_id"): ("", "srn_text"),
    ("cst_service_round", "srd_id"): ("", "svr_deal svr_result srd_visit_note"),
    ("orders", "odr_id"): ("odr_contract_no", "odr_addr odr_memo odr_cancel_reason"),
    ("orders_payment", "opy_id"): ("", "opy_memo"),
    ("orders_shipment", "shp_id"): ("shp_carrier shp_tracking_no", "shp_memo"),
    ("product", "prod_id"): ("prod_name prod_type prod_batch prod_unit", "prod_memo"),
    ("storage", "stk_id"): ("", "stk_memo"),
    ("storage_arrival", "arr_id"): ("arr_supplier", "arr_memo"),
    ("sys_department", "dep_id"): ("dep_name", ""),
    ("sys_user", "usr_id"): ("usr_real_name usr_email usr_mobile", ""),
}
"""Key column -> what is one line, what is several. What is unique (codes, external ids, log-in names) stays as it is."""
FORMS: dict[str, dict[str, tuple[str, Callable[[str], str | None]]]] = {
    "cst_customer": {"cust_norm": ("cust_name", norm), "cust_tel_norm": ("cust_tel", normal)},
    "cst_linkman": {"lkm_tel_norm": ("lkm_tel", normal), "lkm_mobile_norm": ("lkm_mobile", normal)},
}


def upgrade() -> None:
    """Add the columns, bring the rows into their forms, then build the indexes on them."""
    op.create_table(
        "cst_norm",
        sa.Column("norm", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("norm", name=op.f("pk_cst_norm")),
    )
    for table, forms in FORMS.items():
        for column in forms:
            op.add_column(table, sa.Column(column, sa.Text(collation="C"), nullable=True))
    op.add_column("sys_user", sa.Column("usr_skeleton", sa.Text(), nullable=True))
    op.execute(BIGRAMS.format(text="normalize(t, NFKC)"))
    if not context.is_offline_mode():
        _fill(op.get_bind())
        for index in READING_BIGRAMS:
            op.execute(f"reindex index {index}")
    tail = {"postgresql_ops": {"tail": "text_pattern_ops"}}
    op.create_index("ix_cst_customer_norm", "cst_customer", ["cust_norm"], postgresql_where=ALIVE)
    op.create_index("ix_cst_customer_tel", "cst_customer", [_tail("cust_tel_norm")], **tail)
    for column in ("lkm_mobile", "lkm_tel"):
        op.drop_index(f"ix_cst_linkman_{column.removeprefix('lkm_')}_tail", "cst_linkman")
        name = f"ix_cst_linkman_{column.removeprefix('lkm_')}_norm_tail"
        op.create_index(name, "cst_linkman", [_tail(f"{column}_norm")], **tail)
    op.create_unique_constraint("uq_sys_user_usr_skeleton", "sys_user", ["usr_skeleton"])


def _tail(column: str) -> Any:
    return sa.func.reverse(sa.literal_column(column)).label("tail")


def _fill(connection: sa.Connection) -> None:
    changed = {}
    for (table, key), (one_line, several) in TEXTS.items():
        changed[table] = _table(connection, table, key, one_line.split(), several.split())
    _skeletons(connection)
    connection.execute(
        sa.text("insert into sys_setting (set_name, set_value) values ('customers.norm', cast(:value as jsonb))"),
        {"value": json.dumps({"rule": RULE, "after": None})},
    )
    if any(changed.values()):
        connection.execute(
            sa.text(
                "insert into sys_log (log_at, log_action, log_entity, log_changes) "
                "values (now(), 'normalise', 'system', cast(:changes as jsonb))"
            ),
            {"changes": json.dumps({table: [None, count] for table, count in changed.items() if count})},
        )


def _table(connection: sa.Connection, table: str, key: str, one_line: list[str], several: list[str]) -> int:
    """Bring the rows of a table into their forms, a range of keys at a time; return how many texts changed."""
    columns, forms = [*one_line, *several], FORMS.get(table, {})
    written = [*columns, *forms]
    names = ", ".join(f"{name} = new.{name}" for name in written)
    arrays = ", ".join(f"cast(:{name} as text[])" for name in written)
    update = sa.text(
        f"update {table} set {names} from unnest(cast(:ids as bigint[]), {arrays}) "
        f"as new(id, {', '.join(written)}) where {table}.{key} = new.id"
    )
    changed = 0
    for rows in _ranges(connection, table, key, columns):
        ids: list[int] = []
        found: dict[str, list[str | None]] = {name: [] for name in written}
        for row_id, *values in rows:
            given = dict(zip(columns, values, strict=True))
            new = {name: _text(name, given[name], several) for name in columns}
            new |= {form: (read(new[of]) if new[of] else None) for form, (of, read) in forms.items()}
            differs = sum(new[name] != given[name] for name in columns)
            if differs or any(new[form] for form in forms):
                changed += differs
                ids.append(row_id)
                for name in written:
                    found[name].append(new[name])
        if ids:
            connection.execute(update, {"ids": ids, **found})
    return changed


def _ranges(connection: sa.Connection, table: str, key: str, columns: list[str]) -> Iterator[list[Any]]:
    select = sa.text(
        f"select {key}, {', '.join(columns)} from {table} where {key} > :after order by {key} limit {AT_ONCE}"
    )
    after = 0
    while rows := list(connection.execute(select, {"after": after})):
        yield rows
        after = rows[-1][0]


def _text(name: str, value: str | None, several: list[str]) -> str | None:
    """Return a text in its normal form; one in which nothing would be left to see stays as it was."""
    if value is None:
        return None
    new = lines(value) if name in several else line(CONTROL_IN_LINE.sub(" ", value.strip()))
    return str(new) or value


def _skeletons(connection: sa.Connection) -> None:
    """Give each person the look of their log-in name; of those who look the same, the first."""
    seen: dict[str, int] = {}
    for row_id, name in connection.execute(sa.text("select usr_id, usr_name from sys_user order by usr_id")):
        seen.setdefault(skeleton(name), row_id)
    for look, row_id in seen.items():
        connection.execute(
            sa.text("update sys_user set usr_skeleton = :look where usr_id = :id"), {"look": look, "id": row_id}
        )


def downgrade() -> None:
    """Take the forms away; texts stay in theirs."""
    op.drop_constraint("uq_sys_user_usr_skeleton", "sys_user")
    op.drop_column("sys_user", "usr_skeleton")
    for column in ("lkm_mobile", "lkm_tel"):
        op.drop_column("cst_linkman", f"{column}_norm")
        tail = sa.func.reverse(sa.literal_column(column)).label("tail")
        name = f"ix_cst_linkman_{column.removeprefix('lkm_')}_tail"
        op.create_index(name, "cst_linkman", [tail], postgresql_ops={"tail": "text_pattern_ops"})
    op.drop_column("cst_customer", "cust_norm")
    op.drop_column("cst_customer", "cust_tel_norm")
    op.execute("delete from sys_setting where set_name = 'customers.norm'")
    op.execute(BIGRAMS.format(text="t"))
    for index in READING_BIGRAMS:
        op.execute(f"reindex index {index}")
    op.drop_table("cst_norm")
