"""Importing nouns that have no past to tell: a row is written down, or changes its record, by the noun's own two verbs."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from app.core.ctx import Ctx
from app.core.db import Base
from app.core.external import NAME
from app.core.facts import schemas
from app.core.guarded import everywhere
from app.core.messages import of_pydantic
from app.core.nouns import Noun, Verbs, known
from app.core.types import Body
from app.schemas.imports.imports import ImportBody, ImportRow
from app.schemas.imports.plain import ID, KEY, row_of
from app.services.imports import imports
from app.services.imports import steps as import_steps
from app.services.imports.imports import Batch, Importer
from app.services.imports.keys import ACROSS
from app.services.imports.lines import Line
from app.services.imports.steps import then


def importers() -> Iterable[tuple[str, type[ImportRow], Importer]]:
    """Return the nouns whose verbs are told, each with its row and what imports it."""
    return [(code, *_importer(code, noun, noun.verbs)) for code, noun in known().items() if noun.verbs]


def _importer(code: str, noun: Noun, verbs: Verbs) -> tuple[type[ImportRow], Importer]:
    write = schemas(noun)["Write"]
    targets = noun.named_by(write)
    references = {name.removesuffix(ID) + KEY: (name, model) for name, model in targets.items()}

    async def take(ctx: Ctx, body: ImportBody[Any]) -> Batch:
        batch = await imports.start(ctx, noun.model, body, references)

        async def tell(line: Line) -> Base:
            _guarded(ctx, noun, line)
            with then(ctx, None, ctx.now) as trusted:
                return await _told(trusted, noun, verbs, import_steps.unless_refused(line))

        await import_steps.each(batch, tell)
        return batch

    return row_of(code, write, targets), take


def _guarded(ctx: Ctx, noun: Noun, line: Line) -> None:
    """Refuse facts behind a right of their own to who does not hold it for every record."""
    group = noun.guarded
    if group and not everywhere(ctx, noun.model):
        for name in group.fields:
            if name in line.given.model_fields_set:
                line.refuse(name, "forbidden", "This fact is not yours to see or change.")


async def _told(ctx: Ctx, noun: Noun, verbs: Verbs, line: Line) -> Base:
    of = schemas(noun)
    if line.row is None:
        names = {NAME, *(name.replace(KEY, ID) for name in line.given.model_fields_set)}
        said = {name: value for name, value in line.facts.items() if name in names}
        told = await verbs.create(ctx, _body(of["Write"], line, said))
        made: Base = await ctx.session.get_one(noun.model, told["id"], execution_options=ACROSS)
        return made
    if changed := line.changes():
        _fixed(line, changed.keys() - of["Patch"].model_fields.keys())
        await verbs.update(ctx, line.row.id, line.row.version, _body(of["Patch"], line, changed))
    met: Base = line.row
    return met


def _fixed(line: Line, names: Iterable[str]) -> None:
    """Refuse another value of what no change of a record can say."""
    for name in sorted(names):
        line.refuse(_called(name), "fixed", "This stays as it was when the record was made.")
    import_steps.unless_refused(line)


def _called(name: str) -> str:
    """Return what a row calls a field of a body."""
    return name.removesuffix(ID) + KEY if name.endswith(ID) and name != NAME else name


def _body(schema: type[Body], line: Line, facts: dict[str, Any]) -> Body:
    """Return what a row says as the body of a verb; what is wrong with it stands at the row's fields."""
    known_ones = {name: value for name, value in facts.items() if name in schema.model_fields}
    try:
        return schema.model_validate(known_ones)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            line.refuse(_called(str(one["loc"][0])), one["type"], of_pydantic(one))
        import_steps.unless_refused(line)
        raise
