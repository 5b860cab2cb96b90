"""Nothing that is learnt while the process runs stands in a module: a second database would be answered from it.

What has to be kept is the application's (`routers.state`) or the database's (`core.own`). What stands below is made of the
code alone, and the same whatever database is asked.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from app.core.settings import ROOT

FROM_THE_CODE = "follows from the code alone: "
STATEMENT, MODELS = FROM_THE_CODE + "a statement", FROM_THE_CODE + "what the models declare"
FILE, DECLARED = FROM_THE_CODE + "a file of the package", "filled while the modules are loaded, by what they declare"
OF_ITSELF = "what the process tells of itself on its own port, by route"
KEPT = {
    "api.inspected.once": FROM_THE_CODE + "what an annotation of a route is",
    "api.middleware.REQUESTS": OF_ITSELF,
    "api.middleware.SECONDS": OF_ITSELF,
    "app.core.arrays.insert_rows": STATEMENT,
    "app.core.audit.writing": STATEMENT,
    "app.core.closing._first": STATEMENT,
    "app.core.closing._inserting": STATEMENT,
    "app.core.closing._last": STATEMENT,
    "app.core.constraints._MEANINGS": DECLARED,
    "app.core.derived.derived": MODELS,
    "app.core.facts.facts": FROM_THE_CODE + "what the columns and schemas of a noun are",
    "app.core.feed.owners": MODELS,
    "app.core.feed.records": MODELS,
    "app.core.flush.log._logged": MODELS,
    "app.core.handover._STEPS": DECLARED,
    "app.core.happened._REACTIONS": DECLARED,
    "app.core.items._FOLLOWS": DECLARED,
    "app.core.items.types": MODELS,
    "app.core.jobs._insert": STATEMENT,
    "app.core.leads.leads": MODELS,
    "app.core.listing.LISTINGS": DECLARED,
    "app.core.log_fields._by_table": MODELS,
    "app.core.log_fields.fields": MODELS,
    "app.core.log_fields.records": MODELS,
    "app.core.messages._exact": FILE,
    "app.core.messages._spelled": FILE,
    "app.core.messages._templates": FILE,
    "app.core.messages._words": FILE,
    "app.core.money.DIGITS": "of the request that sets it, not of the process",
    "app.core.moves.AFTER": DECLARED,
    "app.core.moves.BEFORE": DECLARED,
    "app.core.nouns.REGISTER": DECLARED,
    "app.core.numbers._next": FROM_THE_CODE + "a prefix, a day and a sequence as an expression",
    "app.core.passwords._threads": "bounds what the process takes of the machine, and remembers nothing",
    "app.core.pinyin._reader": FILE,
    "app.core.prepared.BUILT": "statements by the shape of rights: built without a session, a person or a moment to read from",
    "app.core.recounts._CHECKS": DECLARED,
    "app.core.repeated.everywhere": MODELS,
    "app.core.sums.adding": STATEMENT,
    "app.core.touch._setting": STATEMENT,
    "app.core.touched.nouns_of_tables": MODELS,
    "app.host.bounded.Bounded.unfinished": "connections of the process, of which nothing was read yet",
    "app.jobs.registry.registry": DECLARED,
    "app.models.orders.totals_kept._moving": STATEMENT,
    "app.routers.route.RECORDS": DECLARED,
    "app.services.base.setting_kinds._zones": FILE,
    "app.services.customers.activities._following": STATEMENT,
    "app.services.imports.returns.folded": MODELS,
    "app.services.imports.returns.unique": MODELS,
    "app.services.imports.traces._adapter": FROM_THE_CODE + "how a type is read",
    "app.services.imports.traces.parts": MODELS,
    "app.services.imports.uses.models": MODELS,
    "app.services.imports.uses.whole": MODELS,
    "app.services.reports.periodic_fonts._covered": FILE,
}
STORES = {
    "BoundedSemaphore", "Condition", "ContextVar", "Counter", "Event", "Gauge", "Histogram", "LRUCache", "Lock",
    "OrderedDict", "ProcessPoolExecutor", "Queue", "RLock", "Semaphore", "TTLCache", "ThreadPoolExecutor",
    "WeakKeyDictionary", "WeakSet", "WeakValueDictionary", "bytearray", "cache", "defaultdict", "deque", "dict", "list",
    "local", "lru_cache", "set",
}  # fmt: skip
CACHES = {"cache", "lru_cache"}
CHANGES = {
    "__setitem__", "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft",
    "remove", "setdefault", "update",
}  # fmt: skip
BY_SHAPE = {"Steps"}
"""Classes whose instances remember what follows from the code and the shape of a caller's rights, whoever has it."""
Scope = ast.Module | ast.ClassDef
Kept = ast.Assign | ast.AnnAssign


def last(node: ast.expr) -> str:
    """Return the last name of `a.b.c`, of `a.b[int]` and of a call of either."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def assigned(scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    """Return what a module, or a class of it, gives names to."""
    for node in scope.body:
        if isinstance(node, Kept) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node.value) for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{name}", value) for name, value in assigned(node))


def is_container(value: ast.expr) -> bool:
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)


def changed(tree: ast.AST) -> set[str]:
    """Return the last names of all that a file puts something into, or takes something from."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            found.add(last(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            found.add(last(node.func.value))
    return found


def is_store(value: ast.expr, makers: set[str]) -> bool:
    """Tell whether something begins empty and is there to be filled, or to be waited at."""
    if is_container(value):
        return not [node for node in ast.iter_child_nodes(value) if isinstance(node, ast.expr)]
    return isinstance(value, ast.Call) and last(value) in makers


def makers(trees: list[ast.Module]) -> set[str]:
    """Return the names of what makes stores: those of Python and our own classes whose instances begin with one."""
    found = set(STORES)
    for one in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        given = [node.value for node in ast.walk(one) if isinstance(node, Kept) and node.value and is_of_self(node)]
        frozen = any("frozen=True" in ast.unparse(each) for each in one.decorator_list)
        fields = [key.value for node in ast.walk(one) if isinstance(node, ast.Call) for key in node.keywords]
        made = {name for value in fields if isinstance(value, ast.Name) and (name := value.id) in STORES}
        if any(is_store(value, STORES) for value in given) or (made and not frozen):
            found.add(one.name)
    return found - BY_SHAPE


def is_of_self(node: Kept) -> bool:
    """Tell whether it is an instance that is given something: `self._kept = {}`."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Attribute) and last(target.value) == "self" for target in targets)


def stores(tree: ast.Module, made: set[str], changes: set[str]) -> set[str]:
    """Return what a module keeps between two calls: what begins empty, containers that are changed, and caches."""
    found = {name for name, value in assigned(tree) if is_store(value, made)}
    found |= {name for name, value in assigned(tree) if is_container(value) and name in changes}
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.update(node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            calls = {last(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
            if not CACHES.isdisjoint({*map(last, node.decorator_list), *calls}):
                found.add(node.name)
    return found


def test_what_a_process_keeps_is_of_the_code_alone() -> None:
    files = [path for package in ("api", "app") for path in (ROOT / package).rglob("*.py")]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    made = makers([*trees.values()])
    changes = {name for tree in trees.values() for name in changed(tree) if name.isupper() or name.startswith("_")}
    assert len(files) > 300, "the guard looks at the wrong place"
    found = {f"{module(path)}.{name}" for path, tree in trees.items() for name in stores(tree, made, changes)}
    assert found == KEPT.keys()


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
