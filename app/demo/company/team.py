"""The demo company's departments, people and stages: who is there before anything happens."""

from typing import Any

from sqlalchemy import select, update

from app.core.ctx import Ctx
from app.core.ids import draw
from app.demo.company import products as demo_products
from app.demo.company import words
from app.demo.company.customers import Row
from app.demo.company.insert import insert_all
from app.demo.company.sales import Team
from app.models.access.departments import Department
from app.models.access.rbac import Role
from app.models.access.users import User, UserRole
from app.models.sales.processes import Process, Stage


async def make(ctx: Ctx) -> Team:
    """Make departments, people and products; return what the story needs of them."""
    head, one, two = ids = await draw(ctx, Department, 3)
    places = dict(zip(words.DEPARTMENTS, ids, strict=True))
    named = zip(ids, words.DEPARTMENTS.values(), strict=True)
    tree = [{"id": row_id, "name": name, "parent_id": None if row_id == head else head} for row_id, name in named]
    await insert_all(ctx, Department, tree)
    people = await draw(ctx, User, len(words.PEOPLE))
    gone = people[-1]
    rows = [
        {"id": row_id, "user_name": user_name, "name": name, "department_id": places[place], "is_demo": True}
        | {
            "email": f"{user_name}@example.com",
            "mobile": f"1380000{n:04d}",
            "flag": "disabled" if row_id == gone else "active",
        }
        for n, (row_id, (_, name, user_name, place)) in enumerate(zip(people, words.PEOPLE, strict=True))
    ]
    await insert_all(ctx, User, rows)
    roles = {row.code: row.id for row in await ctx.session.execute(select(Role.code, Role.id))}
    by_role: dict[str, list[Row]] = {}
    for row, (role, *_) in zip(rows, words.PEOPLE, strict=True):
        by_role.setdefault(role, []).append(row)
    given = [{"user_id": row["id"], "role_id": roles[role]} for role, held in by_role.items() for row in held]
    await insert_all(ctx, UserRole, given)
    leaders = {places["head"]: by_role["executive"][0]["id"]}
    leaders |= {row["department_id"]: row["id"] for row in by_role["supervisor"]}
    table: Any = Department.__table__
    for department_id in (head, one, two):
        statement = update(table).where(table.c.dep_id == department_id)
        await ctx.session.execute(statement.values(dep_leader_id=leaders[department_id]))
    return Team(
        managers=[row["id"] for row in by_role["manager"]],
        gone=gone,
        supervisor_of={row["id"]: leaders[row["department_id"]] for row in by_role["manager"]},
        stages=await stages(ctx),
        products=await demo_products.fill(ctx),
        keeper=by_role["admin"][0]["id"],
    )


async def stages(ctx: Ctx) -> list[tuple[int, int]]:
    """Return (id, probability) of the default process's stages, five of them at least."""
    statement = select(Stage.id, Stage.rate).join(Process, Process.id == Stage.process_id)
    rows = await ctx.session.execute(statement.where(Process.is_default.is_(True)).order_by(Stage.sort))
    found = [(row.id, row.rate) for row in rows]
    return (found + [found[-1]] * 5)[: max(5, len(found))]
