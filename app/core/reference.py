"""A joined record as `{id, name}`, with `name_en` where it has one, or None where the join found nothing (absent, or out of scope)."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Bundle, Query
from sqlalchemy.sql import Select


class Reference(Bundle[Any]):
    """`Reference("manager", User.id, User.name)`: built in the row, so that no schema has to look twice; a third column is `name_en`."""

    def create_row_processor(
        self, query: Select[Any] | Query[Any], procs: Sequence[Callable[[Any], Any]], labels: Sequence[str]
    ) -> Callable[[Any], Any]:
        """Return the function from a database row to the reference."""
        del query, labels
        key, name, *english = procs

        def reference(row: Any) -> dict[str, Any] | None:
            found = key(row)
            if found is None:
                return None
            names = {"name": name(row)} if not english else {"name": name(row), "name_en": english[0](row)}
            return {"id": found, **names}

        return reference
