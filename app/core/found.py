"""The modules below a package, found instead of listed: a new file is there by standing in its place."""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType


def modules(package: ModuleType) -> list[ModuleType]:
    """Import every module below a package and return them, by name; packages themselves are left out."""
    found = sorted(walk_packages(package.__path__, f"{package.__name__}."), key=lambda one: one.name)
    return [import_module(one.name) for one in found if not one.ispkg]
