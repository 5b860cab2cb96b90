"""Names and texts of rows that were there before in their normal form, with the forms beside them, and their indexes.

The forms are read by the application's rules of the day that this runs, whose version is noted: with a frozen copy of the
rules, the rows would be read again at once. A database whose rows have their forms already is left alone.

Revision ID: 0029
Revises: 0028
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from app.core.phones import normal
from app.core.texts import CONTROL_IN_LINE, line, lines
from app.models.customers.customer_norms import RULE, norm
from migrations import batches, indexes

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NOTE = "migration.old_rows"
READ = sa.text("select 1 from pg_index where indexrelid = to_regclass('public.ix_cst_customer_norm') and indisvalid")
"""Where this index is, the rows have been read: it is built after them, and was so by earlier versions of 0023."""
READING_BIGRAMS = (
    "ix_cst_customer_search", "ix_cst_linkman_name", "ix_sal_chance_search", "ix_cst_service_title", "ix_product_name",
    "ix_orders_contract",
)  # fmt: skip
INDEXES = {
    "ix_cst_customer_tel": "cst_customer (reverse(cust_tel_norm) text_pattern_ops)",
    "ix_cst_linkman_mobile_norm_tail": "cst_linkman (reverse(lkm_mobile_norm) text_pattern_ops)",
    "ix_cst_linkman_tel_norm_tail": "cst_linkman (reverse(lkm_tel_norm) text_pattern_ops)",
    "ix_cst_customer_norm": "cst_customer (cust_norm) where deleted_at is null",
}
REPLACED = ("ix_cst_linkman_mobile_tail", "ix_cst_linkman_tel_tail")
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
    """Bring the rows into their forms, a batch at a time; build the indexes beside those who work, the telling one last."""
    with op.get_context().autocommit_block():
        if context.is_offline_mode() or not op.get_bind().scalar(READ):
            _read()
        for name, on in INDEXES.items():
            indexes.build(name, on)
        for name in REPLACED:
            op.execute(f"drop index concurrently if exists {name}")


def _read() -> None:
    if not context.is_offline_mode():
        _fill(op.get_bind())
        with op.get_bind().engine.begin() as own:
            _conclude(own)
    for name in READING_BIGRAMS:
        indexes.rebuild(name)


def _fill(connection: sa.Connection) -> None:
    for (table, key), (one_line, several) in TEXTS.items():
        texts = [*one_line.split(), *several.split()]
        change = partial(_change, table, key, texts, set(several.split()))
        batches.walk(connection, NOTE, table, key, [*texts, *FORMS.get(table, {})], change)


def _conclude(connection: sa.Connection) -> None:
    """Say by which rule the names were read, and leave one row in the log."""
    changed = batches.finish(connection, NOTE)
    batches.put(connection, "customers.norm", {"rule": RULE, "after": None})
    if changed:
        connection.execute(
            sa.text(
                "insert into sys_log (log_at, log_action, log_entity, log_changes) "
                "values (now(), 'normalise', 'system', cast(:changes as jsonb))"
            ),
            {"changes": json.dumps({table: [None, count] for table, count in changed.items()})},
        )


def _change(
    table: str, key: str, texts: list[str], several: set[str], connection: sa.Connection, rows: Sequence[Any]
) -> int:
    """Write those of the rows that differ from their forms; return how many texts did."""
    forms = FORMS.get(table, {})
    changed, differing = 0, []
    for row_id, *values in rows:
        given = dict(zip([*texts, *forms], values, strict=True))
        new = {name: _text(given[name], lines if name in several else _line) for name in texts}
        new |= {form: (read(new[of]) if new[of] else None) for form, (of, read) in forms.items()}
        if new != given:
            changed += sum(new[name] != given[name] for name in texts)
            differing.append((row_id, *new.values()))
    if differing:
        connection.execute(_update(table, key, [*texts, *forms]), _arrays(["id", *texts, *forms], differing))
    return changed


def _update(table: str, key: str, names: list[str]) -> sa.TextClause:
    arrays = ", ".join(f"cast(:{name} as text[])" for name in names)
    return sa.text(
        f"update {table} set {', '.join(f'{name} = new.{name}' for name in names)} "
        f"from unnest(cast(:id as bigint[]), {arrays}) as new(id, {', '.join(names)}) where {table}.{key} = new.id"
    )


def _arrays(names: list[str], rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _line(value: str) -> Any:
    return line(CONTROL_IN_LINE.sub(" ", value.strip()))


def _text(value: str | None, form: Callable[[str], Any]) -> str | None:
    """Return a text in its normal form; one in which nothing would be left to see stays as it was."""
    return value if value is None else str(form(value)) or value


def downgrade() -> None:
    """Texts stay in their forms."""
    for index in INDEXES:
        op.drop_index(index)
    op.execute("delete from sys_setting where set_name = 'customers.norm'")
    for column in ("mobile", "tel"):
        op.execute(f"create index ix_cst_linkman_{column}_tail on cst_linkman (reverse(lkm_{column}) text_pattern_ops)")
