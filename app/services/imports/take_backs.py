"""A run of an import is taken back as a whole: what it made goes, what it changed says again what it said before.

What came later stays, and is told. A request takes back up to a thousand records in one transaction, in three turns over
the run: fields and parts that say again what they said, then what was made, then fields that only one record may have.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import acts
from app.core.ctx import Ctx, Reach
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.log_fields import label, records
from app.core.messages import told
from app.models.access.rbac import Permission as P
from app.models.base.acts import Act
from app.models.imports.imports import Import
from app.services.access import reach
from app.services.imports import aftermath, returns, traces, uses
from app.services.imports import part_changes as import_part_changes
from app.services.imports import stock as import_stock
from app.services.imports.keys import ACROSS
from app.services.imports.runs import WINDOW
from app.services.imports.traces import Place, Trace

AT_ONCE = 1000
LOOSEN, REMOVE, REST = range(3)
WHY = {
    "changed": "Somebody changed this since it was imported; it stays.",
    "built_upon": "Something that came later refers to this; it stays.",
    "deleted": "This was deleted since it was imported.",
    "closed": "This was closed since it was imported; it stays.",
    "shipped": "Its pieces have left the stock; it stays.",
    "by_hand": "A part of this was written over, which cannot be told apart any more; undo it by hand.",
    "taken": "Another record has the former value by now; it stays.",
    "lost": "What this named before the import is no more; it stays.",
    "forbidden": "This asks for rights that you do not have, or would leave nobody who keeps people and roles; it stays.",
}


@dataclass
class Work:
    """A run on its way back: its act, the act that takes it back, and what this request did."""

    ctx: Ctx
    run: Import
    act: Act
    back: Act
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    kept: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def stays(self, trace: Trace, why: str, fields: Collection[str] = ()) -> None:
        """Note that a record stays, wholly or with some fields; told once."""
        known = self.kept.setdefault(trace.key, {"trace": trace, "reason": why, "fields": set()})
        known["fields"] |= set(fields)


async def take_back(ctx: Ctx, run: UUID, *, dry_run: bool) -> dict[str, Any]:
    """Take back up to a thousand records of a run and tell what went, what stays and whether there is more.

    A dry run tells of the first thousand and writes nothing. Raises `Forbidden` without the right for all rows,
    `NotFound`, `Conflict` (409, `code` taken_back or too_late).
    """
    if ctx.actor.rights.get(P.imports_write) is not Reach.ALL:
        raise Forbidden("Imports need the right for all rows.", right=P.imports_write)
    work = await _begin(ctx, run)
    async with reach.kept(ctx):
        left = await _go_on(work)
    found = await _told(work, left) | {"run": run, "dry_run": dry_run}
    if dry_run:
        await ctx.session.rollback()
    return found


async def _begin(ctx: Ctx, run: UUID) -> Work:
    statement = select(Import, Act).join(Act, Act.id == Import.act_id).where(Import.run == run).with_for_update()
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    found, act = row
    if act.state == "undone":
        raise Conflict("This run was taken back already.", code="taken_back")
    if act.at + WINDOW < ctx.now:
        raise Conflict("A run can be taken back for 30 days.", code="too_late")
    begun = select(Act).where(Act.undoes_id == act.id, Act.state == "running")
    back = (await ctx.session.scalars(begun)).one_or_none()
    if back is None:
        back = Act(kind="take_back", by=ctx.actor.id, at=ctx.now, count=0, state="running", undoes_id=act.id)
        ctx.session.add(back)
    act.state = "stopped"
    await ctx.session.flush()
    acts.begin(ctx.session.sync_session, back.id)
    return Work(ctx, found, act, back)


async def _go_on(work: Work) -> int:
    """Do the next batch, from where the last one ended; return how many records are left to look at."""
    ctx, done = work.ctx, work.back.progress or {"turn": LOOSEN, "noun": None, "after": None, "seen": 0}
    nouns, turn, place = await traces.nouns(ctx, work.run), int(done["turn"]), Place(done["noun"], done["after"])
    most, seen = AT_ONCE, int(done["seen"])
    while most and turn <= REST:
        following = await traces.following(ctx, work.run, nouns, place, most, created=turn == REMOVE)
        found = await traces.read(ctx, work.run, work.act.at, following)
        await import_part_changes.settle(ctx, found)
        place = Place(*following[-1]) if following else place
        await _TURNS[turn](work, found, place)
        most -= len(found)
        seen += len(found) if turn != LOOSEN else 0
        if most:
            turn, place = turn + 1, Place()
    work.back.progress = {"turn": turn, "noun": place.noun, "after": place.after, "seen": seen}
    if turn <= REST:
        return max(1, await traces.count(ctx, work.run, nouns) - seen)
    work.act.state, work.back.state = "undone", "done"
    return 0


def _moved_on(trace: Trace) -> str | None:
    """Return why all of a record stays: it is gone, or somebody has taken it further since."""
    if trace.gone:
        return None if "deleted_at" in trace.fields and trace.record is not None else "deleted"
    if not trace.since:
        return "by_hand" if trace.overwritten and not trace.created else None
    if aftermath.closed(trace):
        return "closed"
    moved = any("status" in one.changes for one in trace.since)
    if not aftermath.lives(trace.noun) and not trace.created:
        return None
    if not (trace.created or moved or "status" in trace.fields):
        return None
    own = [one for one in trace.since if not one.changes.keys() <= returns.RECOUNTED.get(trace.noun, set())]
    added = all(traces.part_of(trace.noun, one.action, one.changes) for one in own)
    return "built_upon" if added else "changed"


async def _standing(work: Work, found: Collection[Trace]) -> list[Trace]:
    """Return the records that may be touched; note why the others stay."""
    why = {trace.key: reason for trace in found if (reason := _moved_on(trace))}
    why |= await aftermath.stays(work.ctx, work.act.id, [trace for trace in found if trace.key not in why])
    for trace in found:
        if trace.key in why:
            work.stays(trace, why[trace.key])
    return [trace for trace in found if trace.key not in why]


async def _loosen(work: Work, found: list[Trace], _place: Place) -> None:
    """Give back the parts and fields of what the run changed, but for those that only one record may have."""
    ctx, standing = work.ctx, await _standing(work, found)
    kept = await returns.fields(ctx, standing, last=False)
    moving = [one for one in standing if "status" not in kept.get(one.key, ())]
    await aftermath.release(ctx, [one for one in moving if one.noun == "orders"])
    for trace in moving:
        if trace.added or trace.removed:
            kept.setdefault(trace.key, {}).update(await returns.parts(ctx, trace))
    for key, why in (await aftermath.recount_places(ctx, work.act.id, moving)).items():
        kept.setdefault(key, {})["count"] = why
    _note(work, standing, kept)
    await aftermath.settle(ctx, moving)


async def _rest(work: Work, found: list[Trace], _place: Place) -> None:
    """Give back the fields that only one record may have, now that what the run made is gone."""
    standing = await _standing(work, found)
    _note(work, standing, await returns.fields(work.ctx, standing, last=True))
    for trace in found:
        if trace.key not in work.kept:
            work.tally[trace.noun, "restored"] += 1


def _note(work: Work, standing: list[Trace], kept: dict[tuple[str, int], dict[str, str]]) -> None:
    for trace in standing:
        if why := kept.get(trace.key):
            work.stays(trace, next(iter(why.values())), why)


async def _remove(work: Work, found: list[Trace], place: Place) -> None:
    """Delete what the run made and nothing refers to; values of the dictionary after the records that carry them."""
    for group in ([one for one in found if one.noun != "dict"], [one for one in found if one.noun == "dict"]):
        standing = await _standing(work, group)
        walk = uses.Walk(work.run, place)
        held = await uses.used(work.ctx, walk, standing)
        going = [trace for trace in standing if trace.key not in held]
        for trace in standing:
            if trace.key in held:
                work.stays(trace, "built_upon")
            else:
                work.tally[trace.noun, "removed"] += 1
        await aftermath.release(work.ctx, [one for one in going if one.noun == "orders"])
        waiting = await import_stock.forget_places(work.ctx, aftermath.of(going, "storage"))
        await uses.remove(work.ctx, going)
        await import_stock.catch_up(work.ctx, waiting)
        await aftermath.follow(work.ctx, going)


_TURNS = (_loosen, _remove, _rest)


async def _told(work: Work, left: int) -> dict[str, Any]:
    """Add up what this request did, in the run and in the act, and say it in the caller's language."""
    for noun, _ in work.kept:
        work.tally[noun, "kept"] += 1
    counts = {noun: dict(found) for noun, found in work.run.counts.items()}
    for (noun, word), count in work.tally.items():
        counts.setdefault(noun, {})[word] = counts.get(noun, {}).get(word, 0) + count
    work.run.counts = counts
    work.back.count += sum(count for (_, word), count in work.tally.items() if word != "kept")
    await work.ctx.session.flush()
    names = await _names(work)
    nouns = sorted({noun for noun, _ in work.tally})
    return {
        "done": not left,
        "left": left,
        "nouns": [
            {"noun": noun} | {word: work.tally[noun, word] for word in ("removed", "restored", "kept")}
            for noun in nouns
        ],
        "kept": [_kept(work.ctx, one, names.get(key)) for key, one in work.kept.items()],
    }


def _kept(ctx: Ctx, one: dict[str, Any], name: str | None) -> dict[str, Any]:
    trace: Trace = one["trace"]
    said = {word: both[1] for word, both in trace.fields.items()} if trace.record is None else {}
    return {
        "noun": trace.noun,
        "id": trace.id,
        "external_id": getattr(trace.record, "external_id", said.get("external_id")),
        "number": getattr(trace.record, "number", said.get("number")),
        "name": name or said.get("name") or said.get("title"),
        "row": trace.row,
        "fields": sorted(one["fields"]),
        "reason": one["reason"],
        "message": told(WHY[one["reason"]], ctx.language),
    }


async def _names(work: Work) -> dict[tuple[str, int], str]:
    """Return what people know the records by that stay."""
    found: dict[tuple[str, int], str] = {}
    for noun in {noun for noun, _ in work.kept} & records().keys():
        model, ids = records()[noun], [row_id for one, row_id in work.kept if one == noun]
        named = select(model.id, label(model, work.ctx.language)).where(model.id.in_(ids))
        rows = await work.ctx.session.execute(named, execution_options=ACROSS)
        found |= {(noun, row_id): str(name) for row_id, name in rows if name is not None}
    return found
