"""A new table, noun or life cycle asks what becomes of it when an import is taken back."""

from typing import Any, get_args

import pytest
from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, UniqueConstraint

import app.models  # noqa: F401  registers the tables
from app.core import feed
from app.core.db import Base
from app.core.leaving import is_given_back
from app.schemas.imports.runs import KeptRecord
from app.services.base import purges
from app.services.imports import aftermath as import_aftermath
from app.services.imports import take_backs as import_take_backs
from app.services.imports import uses as import_uses
from tests.factories import house
from tests.factories.application import application
from tests.guards.test_routes import routes
from tests.routers.imports.take_back_rows import AGAIN, ROWS, UPDATES

PARTS = {
    "cst_lost_measure": "lsm_lst_id", "mkt_competitor_product": "cpp_cpt_id", "cst_service_note": "srn_svr_id", "cst_service_round": "srd_svr_id",
    "orders_line": "odd_order_id", "orders_payment": "opy_order_id", "orders_shipment": "shp_order_id",
    "orders_shipment_line": "spl_shipment_id", "product_attribute": "pat_prod_id", "product_picture": "ppc_prod_id",
    "sal_chance_stage": "cst_chc_id", "sys_act": "act_undoes", "sal_stage": "stg_process_id", "storage_ledger": "stl_stk_id",
    "sys_import": "imp_act_id", "sys_import_row": "imr_import_id", "sys_role_right": "rf_role_id",
    "sys_user_role": "ur_user_id",
}  # fmt: skip


def test_what_goes_along_with_a_record_is_what_is_meant() -> None:
    found = {table.name: column.name for table in Base.metadata.sorted_tables
             if (column := import_uses.whole(table)) is not None}  # fmt: skip
    assert found == PARTS


def test_every_noun_that_can_be_imported_is_taken_back_in_a_test() -> None:
    start = "POST /api/v1/imports/"
    offered = {name.removeprefix(start) for name in dict(routes(application())) if name.startswith(start)}
    offered -= {"runs/{run}/take-back"}
    assert (ROWS.keys(), UPDATES.keys()) == (offered, offered)


def test_every_life_cycle_tells_what_is_closed() -> None:
    tables = house.lives()
    closing = {
        noun for noun in feed.records() for name, one in tables.items()
        if name in {noun[:-1], noun[:-2]} and "update" in one.STEPS.steps
        and one.STEPS.steps["update"].sources is not None
    }  # fmt: skip
    assert closing == {"chances", "orders", "plans", "services"}
    assert all(import_aftermath.lives(noun) for noun in closing)


def test_what_is_declared_is_there_and_told() -> None:
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    assert [str(column) for column in columns if is_given_back(column) and not column.foreign_keys] == []
    told = get_args(KeptRecord.model_fields["reason"].annotation)
    assert set(told) == import_take_backs.WHY.keys()


@pytest.mark.parametrize("noun", sorted(feed.records()))
def test_what_holds_in_a_circle_can_be_emptied(noun: str) -> None:
    circles = import_uses.circular(feed.records()[noun].__table__)
    assert [str(column) for _, column in circles if not column.nullable] == []


@pytest.mark.parametrize("noun", sorted(ROWS))
def test_every_reference_to_what_can_go_has_an_index(noun: str) -> None:
    """PostgreSQL looks for references to each row that goes: without an index of all rows it reads the whole table."""
    table = feed.records()[AGAIN.get(noun, (noun.replace("-", "_"),))[0]].__table__
    bare = {
        str(column) for other, column in purges.references(table) if not any(serves(one, column) for one in keys(other))
    }
    assert bare == set()


def keys(table: Table) -> list[Any]:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)]
    return [*table.indexes, *unique, *(column for column in table.columns if column.unique)]


def serves(key: Any, column: Any) -> bool:
    """Tell whether an index, or a constraint's, finds all rows by a column; those without a value need not be in it."""
    if isinstance(key, Column):
        return key is column
    only = key.dialect_options["postgresql"].get("where") if isinstance(key, Index) else None
    first = next(iter(key.columns), None)
    return first is column and (only is None or str(only) == f"{column.name} is not null")
