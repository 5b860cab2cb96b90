"""All tables, one file per noun. Importing the package registers them on `Base.metadata`, and what writes with them."""

import sys

from app.core import closing, fed, found, savepoints

__all__ = ["closing", "fed", "savepoints"]

found.modules(sys.modules[__name__])
