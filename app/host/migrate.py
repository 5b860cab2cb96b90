"""Alembic, called from Python; `migrations/env.py` takes the lock that lets several start together."""

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.host.errors import HostError
from app.host.place import CLONE


def upgrade() -> None:
    """Bring the database of DATABASE_URL to the newest revision. Raises `HostError` when it cannot be used."""
    try:
        command.upgrade(Config(CLONE / "alembic.ini"), "head")
    except (OSError, SQLAlchemyError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise HostError(f"The database of DATABASE_URL cannot be migrated: {reason}") from error
