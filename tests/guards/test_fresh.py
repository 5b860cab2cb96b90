"""What is generated is fresh, what is seeded is what the code names, and models equal migrations."""

import json
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncConnection

import app.models  # noqa: F401  registers the tables
from api.docs import DOCUMENT
from api.openapi import text
from app.core.constraints import explained
from app.core.db import Base
from app.models.access.rbac import Permission, Right, Role, RoleRight

EXECUTIVE_READS_ONLY = {"read", "export", "finance", "cost", "public"}


def test_the_committed_openapi_is_the_code_s() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text()


def test_every_body_of_the_api_refuses_unknown_fields() -> None:
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    bodies = set()
    for path in document["paths"].values():
        for operation in path.values():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                if "$ref" in media["schema"]:
                    bodies.add(media["schema"]["$ref"].rsplit("/", 1)[1])
    forms = {name for name in bodies if name.startswith("Body_")}
    assert len(bodies) >= 20
    loose = {n for n in bodies - forms if document["components"]["schemas"][n].get("additionalProperties") is not False}
    assert loose == set()


async def test_models_equal_migrations(connection: AsyncConnection) -> None:
    def differences(sync: Connection) -> list[Any]:
        def ours(name: str | None, kind: str, _parents: object) -> bool:
            return not (kind == "table" and name and name.startswith(("pgqueuer", "sys_log_")))

        context = MigrationContext.configure(sync, opts={"include_name": ours})
        return compare_metadata(context, Base.metadata)

    assert await connection.run_sync(differences) == []


async def test_rights_in_the_database_are_the_permissions(connection: AsyncConnection) -> None:
    codes = set(await connection.scalars(select(Right.code).where(Right.type == "action")))
    assert codes == {right.value for right in Permission}


async def test_rights_are_named_in_both_languages(connection: AsyncConnection) -> None:
    nameless = select(Right.code).where(Right.text_en.is_(None))
    assert list(await connection.scalars(nameless)) == []


async def test_executives_change_nothing(connection: AsyncConnection) -> None:
    statement = select(RoleRight.right_code).join(Role, Role.id == RoleRight.role_id).where(Role.code == "executive")
    assert {code.split(":")[1] for code in await connection.scalars(statement)} <= EXECUTIVE_READS_ONLY


async def test_administrators_hold_no_business_right(connection: AsyncConnection) -> None:
    statement = select(RoleRight.right_code).join(Role, Role.id == RoleRight.role_id).where(Role.code == "admin")
    business = {"chances", "plans", "customers", "linkmen", "activities", "orders", "losses", "services", "reports"}
    held = {code for code in await connection.scalars(statement) if code.split(":")[0] in business}
    assert held == {"losses:detect"}


def test_explained_constraints_exist() -> None:
    found = {constraint.name for table in Base.metadata.tables.values() for constraint in table.constraints}
    found |= {index.name for table in Base.metadata.tables.values() for index in table.indexes}
    naming = {str(name) for name in found}
    for table in Base.metadata.tables.values():
        naming |= {f"uq_{table.name}_{column.name}" for column in table.columns if column.unique}
    assert explained() <= naming
