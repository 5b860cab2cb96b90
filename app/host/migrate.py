"""Alembic, called from Python; `migrations/env.py` takes the lock that lets several start together."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.host.errors import HostError
from app.host.place import CLONE


def knows(revision: str) -> bool:
    """Tell whether this program's migrations reach a revision: a newer program's is not among them."""
    steps = ScriptDirectory.from_config(Config(CLONE / "alembic.ini")).walk_revisions()
    return revision in {step.revision for step in steps}


def upgrade() -> None:
    """Bring the database of DATABASE_URL to the newest revision. Raises `HostError` when it cannot be used."""
    try:
        command.upgrade(Config(CLONE / "alembic.ini"), "head")
    except (OSError, SQLAlchemyError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise HostError(f"The database of DATABASE_URL cannot be migrated: {reason}") from error
