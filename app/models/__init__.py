"""All tables, one file per noun. Importing the package registers them on `Base.metadata`, and what writes with them."""

import sys

from app.core import closing, flush, found, savepoints

__all__ = ["closing", "flush", "savepoints"]

found.modules(sys.modules[__name__])
