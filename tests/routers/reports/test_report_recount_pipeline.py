"""The pipeline: every number is computed again from the chances and their stays in plain Python."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.models.customers.customers import Customer
from app.models.sales.chance_stages import ChanceStage
from app.models.sales.chances import Chance
from app.models.sales.processes import Process, Stage
from app.services.base import verify
from tests.conftest import Client
from tests.factories.make import Make
from tests.factories.numbers import Row, Wanted, agree, percent
from tests.factories.questions import Crew, Question, build_crew, local, moment, questions, regions, stored
from tests.factories.team import Team

As = Callable[..., Client]
COLUMNS = ("count", "amount", "weighted", "unpriced", "entered", "conversion", "days")


async def second_process(make: Make) -> list[Any]:
    """Make another process, whose stages come after those of the default one."""
    process = await make.add(Process(name="大客户流程", is_default=False))
    return [
        await make.add(Stage(process_id=process.id, name=f"步骤{n}", sort=n, rate=n * 30)) for n in (1, 2, 3)
    ]  # fmt: skip


async def ways(make: Make, crew: Crew, processes: list[list[Any]]) -> None:
    """Make chances of every state that went back and forth through the stages of their process."""
    luck = random.Random(23)  # noqa: S311  test data
    customers = [await make.customer(crew.team.manager, region=region) for region in ("east", "south", None)]
    for _ in range(90):
        stages = luck.choice([*[processes[0]] * 4, processes[1][:2]])
        customer, assignee = luck.choice([None, customers[0], *customers]), luck.choice([None, *crew.sellers * 2])
        status = luck.choice(["assigned", "assigned", "succeeded", "failed"]) if assignee else "unassigned"
        chance = await make.chance(
            luck.choice(crew.sellers), assignee, status=status,
            closed_on=make.today if status in {"succeeded", "failed"} else None,
            stage_id=luck.choice(stages).id, rate=luck.randrange(101),
            amount=luck.choice([None, Decimal(luck.randrange(10**7)) / 100]),
            customer_id=customer and customer.id,
            deleted_at=make.ctx.now if luck.random() < 0.1 else None,
        )  # fmt: skip
        at = moment(luck)
        for stage in luck.choices(stages, k=luck.randrange(5)):
            until = at + timedelta(seconds=luck.randrange(1, 20 * 86400))
            await make.stay(chance, stage.id, at, luck.choice([until, until, None]))
            at = max(until, moment(luck))


@dataclass
class Recount:
    """The rows that a question is about."""

    question: Question
    chances: dict[int, Any]
    stays: list[Any]
    stages: dict[int, Any]

    def wanted(self) -> dict[str, Row]:
        rows = {stage.id: self.stage(stage) for stage in self.stages.values()}
        default = min(stage.process_id for stage in self.stages.values())
        shown = {one: row for one, row in rows.items() if self.stages[one].process_id == default or any(row)}
        return {str(one): Row(row) for one, row in shown.items()}

    def stage(self, stage: Any) -> list[Any]:
        there = [one for one in self.chances.values() if one.status == "assigned" and one.stage_id == stage.id]
        weighted = sum(((one.amount or 0) * one.rate / Decimal(100) for one in there), Decimal(0))
        stays = [one for one in self.stays if one.stage_id == stage.id]
        entries = [one for one in stays if self.question.days.now(local(one.entered_at))]
        entered = {one.chance_id for one in entries}
        went = {one.chance_id for one in entries if self.went_on(one)}
        left = [one for one in stays if self.question.days.now(local(one.left_at))]
        lengths = [Decimal(str((one.left_at - one.entered_at).total_seconds())) / 86400 for one in left]
        return [
            len(there), sum((one.amount or 0 for one in there), Decimal(0)), weighted,
            sum(one.amount is None for one in there), len(entered), percent(len(went), len(entered)),
            sum(lengths) / len(lengths) if lengths else None,
        ]  # fmt: skip

    def went_on(self, stay: Any) -> bool:
        """Tell whether the chance entered a later stage after this, or was won."""
        here = self.stages[stay.stage_id]
        later = [
            self.stages[one.stage_id]
            for one in self.stays
            if one.chance_id == stay.chance_id and one.entered_at > stay.entered_at
        ]
        further = any(one.process_id == here.process_id and one.sort > here.sort for one in later)
        return further or self.chances[stay.chance_id].status == "succeeded"


async def recount(make: Make, question: Question) -> Recount:
    region = await regions(make, Customer)
    chances = {
        one.id: one for one in await stored(make, Chance)
        if one.deleted_at is None and question.counts(one.assignee_id or one.creator_id, region(one.customer_id))
    }  # fmt: skip
    stays = [one for one in await stored(make, ChanceStage) if one.chance_id in chances]
    return Recount(question, chances, stays, {one.id: one for one in await stored(make, Stage)})


class TestPipeline:
    async def test_every_number_equals_a_recount(self, make: Make, team: Team, as_: As) -> None:
        crew = await build_crew(make, team)
        default = sorted(await stored(make, Stage), key=lambda stage: stage.sort)
        other = await second_process(make)
        await ways(make, crew, [default, other])
        order = [str(stage.id) for stage in (*default, *other)]
        assert await verify.sums(make.ctx) == []
        seen: set[str] = set()
        for question in questions(crew):
            found = await recount(make, question)
            rows = found.wanted()
            whole = [sum(row.values[place] for row in rows.values()) for place in range(4)]
            numbers = {name: (value, None) for name, value in zip(COLUMNS, whole, strict=False)}
            numbers["unassigned"] = (sum(one.status == "unassigned" for one in found.chances.values()), None)
            tables = {"stages": Wanted(COLUMNS, rows, [*whole, None, None, None], order)}
            report = (await as_(question.who).get(f"/reports/pipeline?{question.asked()}")).json()
            agree(report, numbers, tables, question.filters)
            assert report["kept"] == ("region" not in question.filters)
            seen |= rows.keys()
        # The last stage of the other process, which no chance was ever in, is not shown.
        assert seen == {*order[:-1]}
