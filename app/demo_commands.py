"""`crm demo`: fill the demo company or benchmark data, and close the log-in by a click."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from app.core.settings import Settings
from app.host.errors import HostError

demo = typer.Typer(invoke_without_command=True, help="The demo company: fill it, or close its log-in by a click.")
screen = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)

Customers = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Add so many customers for benchmarks instead.")
]
OrderLines = Annotated[int, typer.Option(min=0, max=25, help="With --customers: so many order lines for each of them.")]
Services = Annotated[int, typer.Option(min=0, max=1_000_000, help="With --customers: so many services in all.")]
Seed = Annotated[int | None, typer.Option(help="Another number makes another company.")]


@demo.callback()
def plain(
    context: typer.Context,
    *,
    customers: Customers = None,
    order_lines: OrderLines = 0,
    services: Services = 0,
    seed: Seed = None,
) -> None:
    """Fill the demo company when no command is named: `crm demo [options]` is `crm demo fill [options]`."""
    if context.invoked_subcommand is None:
        fill(customers=customers, order_lines=order_lines, services=services, seed=seed)
    elif customers or order_lines or services or seed is not None:
        raise HostError(f"Write the options behind the command: crm demo {context.invoked_subcommand} …")


@demo.command("fill")
def fill(
    *, customers: Customers = None, order_lines: OrderLines = 0, services: Services = 0, seed: Seed = None
) -> None:
    """Fill an empty installation with the demo company, or any with benchmark data."""
    from app.host.runfile import attach

    attach(as_owner=customers is not None)
    settings = Settings()
    done = _fill_many(settings, customers, order_lines, services) if customers else fill_company(settings, seed)
    screen.print(asyncio.run(done))


@demo.command("close")
def close() -> None:
    """Close the log-in by a click for good: sessions, links and passwords of the demo people end."""
    from app.host.runfile import attach

    attach()
    screen.print(asyncio.run(_close(Settings())))


async def fill_company(settings: Settings, seed: int | None = None) -> str:
    """Make the demo company; say what was made, and whether one enters it by a click."""
    from app.demo.company import fill as demo
    from app.jobs.unit import single_unit
    from app.services.access import demo_door

    async with single_unit(settings, "crm demo") as ctx:
        if await demo.is_filled(ctx):
            return "The demo company is here already."
        counts = await demo.fill(ctx, demo.SEED if seed is None else seed)
        entered = await demo_door.is_open(ctx.session)
    told = "Demo company: " + ", ".join(f"{count:,} {noun}" for noun, count in counts.items()) + "."
    return told if entered else f"{told} Nobody logs in as its people by a click: this installation has people."


async def _close(settings: Settings) -> str:
    from app.jobs.unit import OPERATOR, single_unit
    from app.services.access import demo_door, setup

    async with single_unit(settings, "crm demo close", OPERATOR) as ctx:
        count = await demo_door.close(ctx)
        told = f"Nobody logs in by a click any more; sessions, links and passwords of {count} demo people have ended."
        if await setup.needs_setup(ctx):
            told += " Nobody administrates now: the next start of Kith prints a link for the first administrator."
        return told


async def _fill_many(settings: Settings, count: int, order_lines: int, services: int) -> str:
    from rich.progress import Progress

    from app.demo.bench import bulk as demo_bulk
    from app.jobs.unit import single_unit

    with Progress(console=complaints, transient=True) as progress:
        bar = progress.add_task("Copying", total=count)
        async with single_unit(settings, "crm demo", as_owner=True) as ctx:
            pace = await demo_bulk.customers(
                ctx,
                count,
                lambda done: progress.update(bar, completed=done),
                order_lines=order_lines,
                services=services,
            )
    copied = f"copied in {pace.copying:.1f} s ({pace.rate:,.0f} a second), indexes in {pace.indexing:.1f} s"
    more = f", {pace.lines:,} order lines" if pace.lines else ""
    more += f", {services:,} services" if services else ""
    return f"{count:,} customers with a contact and a chance each{more}: {copied}."
