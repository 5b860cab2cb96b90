"""A row of a statement, for who hands it on without knowing SQL."""

from typing import Any

import sqlalchemy

Row = sqlalchemy.Row[*tuple[Any, ...]]
"""The columns that were selected, by their names."""
