"""The state of the system: version, people, jobs, sizes. Counts only, no business row is shown."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, Text, cast, column, func, or_, select, table

from app import VERSION
from app.core.ctx import Ctx
from app.core.scope import unscoped
from app.models.access.users import User
from app.models.base.audit import LogEntry
from app.models.customers.customers import Customer
from app.models.sales.chances import Chance
from app.services.base import health_values

QUEUE = table("pgqueuer", column("status"))
STATUS = cast(QUEUE.c.status, Text)
LOG = table("pgqueuer_log", column("status"), column("created"))
RELATIONS = table("pg_class", column("oid"), column("relowner"))
SCHEDULES = table("pgqueuer_schedules", column("last_run"))


async def overview(ctx: Ctx) -> dict[str, Any]:
    """Return what the administrator's home page shows."""

    async def count(statement: Select[Any]) -> int:
        return int(await ctx.session.scalar(unscoped(statement, "how many there are, for who runs the system")) or 0)

    day_ago = ctx.now - timedelta(days=1)
    queue = select(
        func.count().filter(STATUS == "queued").label("waiting"),
        func.count().filter(STATUS == "picked").label("running"),
    )
    waiting, running = (await ctx.session.execute(queue)).one()
    people = select(func.count()).select_from(User)
    return {
        "version": VERSION,
        "database_version": await ctx.session.scalar(select(func.current_setting("server_version"))),
        "log_guarded": await log_guarded(ctx),
        "database_bytes": await ctx.session.scalar(select(func.pg_database_size(func.current_database()))),
        "active_people": await count(people.where(User.flag == "active")),
        "disabled_people": await count(people.where(User.flag == "disabled")),
        "signed_in_today": await count(people.where(User.last_login_at > day_ago)),
        "customers": await count(select(func.count()).select_from(Customer)),
        "chances": await count(select(func.count()).select_from(Chance)),
        **await health_values.counts(ctx),
        "jobs": {
            "waiting": waiting,
            "running": running,
            "failed_today": await count(
                select(func.count())
                .select_from(LOG)
                .where(cast(LOG.c.status, Text) == "exception", LOG.c.created > day_ago)
            ),
            "last_scheduled_at": await ctx.session.scalar(select(func.max(SCHEDULES.c.last_run))),
        },
    }


async def log_guarded(ctx: Ctx) -> bool:
    """Tell whether this role can only read the log and add to it: it may change no part, nor become the log's owner."""
    part = func.pg_partition_tree(LogEntry.__tablename__).table_valued("relid").c.relid
    changes = func.has_table_privilege(part, "update, delete, truncate")
    owns = func.pg_has_role(RELATIONS.c.relowner, "member")
    statement = select(func.bool_or(or_(changes, owns))).join_from(part.table, RELATIONS, RELATIONS.c.oid == part)
    return not await ctx.session.scalar(statement)
