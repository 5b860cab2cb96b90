"""The files of the house, as guards look at them: all of a layer, in whatever room they stand."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from app.core.settings import ROOT

APP = ROOT / "app"
FEWEST = {"core": 68, "models": 35, "schemas": 54, "services": 149, "routers": 45, "demo": 22}
"""How many files a layer had when it got its rooms: a guard that sees fewer looks at the wrong place."""


def files(layer: str) -> list[Path]:
    """Return the files of a layer but those that only make packages."""
    found = sorted(path for path in (APP / layer).rglob("*.py") if path.stem != "__init__")
    assert len(found) >= FEWEST[layer], f"only {len(found)} files of {layer} were seen"
    return found


def names(layer: str) -> set[str]:
    """Return the modules of a layer by room and name (`sales.chances`); what stands outside the rooms, by its name."""
    return {".".join(path.relative_to(APP / layer).with_suffix("").parts) for path in files(layer)}


def modules(layer: str) -> list[ModuleType]:
    """Import everything of a layer."""
    return [import_module(f"app.{layer}.{name}") for name in sorted(names(layer))]


def lives() -> dict[str, ModuleType]:
    """Return the modules that say a life cycle as a table, by what one of their noun is called: `chance`, `order`."""
    found = {}
    for module in modules("services"):
        room, stem = module.__name__.split(".")[-2:]
        if stem == "actions" or stem.endswith("_actions"):
            found[stem.removesuffix("actions").removesuffix("_") or room.removesuffix("s")] = module
    return found


def singular(noun: str) -> str:
    """Return a noun's word for one: `chance` of `chances`, `linkman` of `linkmen`; the names of its parts begin with it."""
    ends = (("men", "man"), ("ies", "y"), ("sses", "ss"), ("s", ""))
    return next((noun.removesuffix(end) + one for end, one in ends if noun.endswith(end)), noun)
