"""The `crm` command: starts Kith, and does from a terminal what an operator needs.

Every command but `up` works on the database of DATABASE_URL, or on that of the Kith that runs here.
"""

import asyncio
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from app import VERSION
from app.core.errors import AppError
from app.core.settings import Settings
from app.demo_commands import demo, fill_company
from app.host.errors import HostError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
user = typer.Typer(no_args_is_help=True, help="People who can log in.")
cli.add_typer(user, name="user")
cli.add_typer(demo, name="demo")
screen = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


@cli.command()
def up(
    *, demo: Annotated[bool, typer.Option("--demo", help="Fill an empty installation with the demo company.")] = False
) -> None:
    """Start PostgreSQL, the API and the worker, and keep them running until Ctrl-C."""
    from app.host.supervisor import Plan, Supervisor

    settings = Settings()
    plan = Plan(settings.host, settings.port, settings.workers, settings.metrics_port, demo)
    Supervisor(plan, screen.print).run()


@cli.command()
def serve() -> None:
    """Run one API process on HOST and PORT."""
    from app.host import ports, serve

    settings = attached()
    serve.serve(ports.listen(settings.host, settings.port))


@cli.command()
def worker() -> None:
    """Run the background jobs."""
    from app.jobs.worker import run

    try:
        asyncio.run(run(attached(as_owner=True)))
    except OSError as error:
        complain(str(error) or "The database does not answer.")


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from app.host.migrate import upgrade

    attached(as_owner=True)
    upgrade()
    screen.print("The database is up to date.")


@cli.command(hidden=True)
def prepare(*, address: Annotated[str, typer.Option()], demo: Annotated[bool, typer.Option("--demo")] = False) -> None:
    """Migrate, fill the demo company when asked, and print how to log in, for `crm up`."""
    from app.host.migrate import upgrade

    settings = attached(as_owner=True)
    upgrade()
    screen.print(json.dumps({"welcome": asyncio.run(_prepare(settings, address, fill=demo))}), markup=False)


async def _prepare(settings: Settings, address: str, *, fill: bool) -> str:
    from app.host.welcome import welcome
    from app.jobs.unit import single_unit
    from app.services.access import demo_door, links, setup

    if fill:
        await fill_company(settings)
    async with single_unit(settings, "crm up") as ctx:
        token = (await links.make(ctx, None))[0] if await setup.needs_setup(ctx) else None
        entered = not settings.production and await demo_door.is_open(ctx.session)
        return welcome(address, settings.data_dir, setup_token=token, demo=entered)


@cli.command()
def verify() -> None:
    """Recount what is kept as sums; ends with 1 when something differs."""
    wrong, doubts = asyncio.run(_verify(attached()))
    for line in (*wrong, *doubts):
        screen.print(line, markup=False)
    if doubts:
        screen.print(f"{len(doubts)} values to look at: names that look alike, days that a number became.")
    if wrong:
        complain(f"{len(wrong)} kept sums differ from what was counted.")
    screen.print("Every kept sum is right.")


async def _verify(settings: Settings) -> tuple[list[str], list[str]]:
    from rich.progress import Progress

    import app.models  # noqa: F401  registers the tables
    from app.jobs.unit import single_unit
    from app.services.base import health_values, verify

    with Progress(console=complaints, transient=True) as progress:
        bar = progress.add_task("Counting again", total=None)
        async with single_unit(settings, "crm verify") as ctx:
            wrong = await verify.sums(ctx, lambda done, of: progress.update(bar, completed=done, total=of))
            return wrong, await health_values.doubts(ctx)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; one file holds database and secret key.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a whole backup, while Kith runs."""
    from app import backup

    signal.signal(signal.SIGTERM, _end_tidily)
    with complaints.status("Backing up …"):
        told = backup.write(attached(as_owner=True), file, force=force)
    size = file.stat().st_size / 1024 / 1024
    screen.print(
        f"{file}: {sum(told['rows'].values()):,} rows of {len(told['rows'])} tables, {size:,.1f} MB.", markup=False
    )
    screen.print("It holds the secret key and everybody's data: keep it where only you can read it.")


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup written by `crm backup`.")]) -> None:
    """Restore a backup into an empty DATA_DIR, or an empty database of DATABASE_URL, and check it."""
    from app import restoring

    signal.signal(signal.SIGTERM, _end_tidily)
    with complaints.status("Restoring …"):
        wrong = restoring.restore(file)
    for line in wrong:
        screen.print(line, markup=False)
    if wrong:
        complain(f"Restored as it was backed up, with {len(wrong)} kept sums that differ from what was counted.")
    screen.print("Restored: every row and kept sum is as in the backup.")


def _end_tidily(_number: int, _frame: object) -> None:
    """Let what was begun be removed on the way out."""
    sys.exit(1)


@user.command()
def create(
    user_name: str,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[list[str], typer.Option(help="A role's code, such as admin or manager; may be repeated.")],
) -> None:
    """Create a person and print the one-time link that lets them in."""
    asyncio.run(_create_user(attached(), user_name, name, role))


async def _create_user(settings: Settings, user_name: str, name: str, roles: list[str]) -> None:
    from app.jobs.unit import OPERATOR, single_unit
    from app.schemas.access.users import UserWrite
    from app.services.access import users

    async with single_unit(settings, "crm user create", OPERATOR) as ctx:
        created = await users.create(ctx, UserWrite(user_name=user_name, name=name, roles=roles))
        _print_link(await users.link(ctx, created["id"]))


@user.command()
def link(user_name: str) -> None:
    """Print a one-time link with which a person sets a new password."""
    asyncio.run(_link_user(attached(), user_name))


async def _link_user(settings: Settings, user_name: str) -> None:
    from app.jobs.unit import OPERATOR, single_unit
    from app.schemas.access.users import UserQuery
    from app.services.access import users

    async with single_unit(settings, "crm user link", OPERATOR) as ctx:
        found = await users.page(ctx, UserQuery(q=user_name))
        ids = [row["id"] for row in found["items"] if row["user_name"].lower() == user_name.lower()]
        if not ids:
            raise HostError(f"Nobody logs in as {user_name}.")
        _print_link(await users.link(ctx, ids[0]))


def _print_link(made: dict[str, Any]) -> None:
    from app.host.place import data_dir
    from app.host.runfile import running

    kith = running(data_dir())
    screen.print(f"{kith.address if kith else ''}{made['path']}", markup=False)


@cli.command()
def openapi(
    *, check: Annotated[bool, typer.Option("--check", help="Fail when the committed file is stale.")] = False
) -> None:
    """Write openapi/openapi.json."""
    import runpy

    sys.argv = ["api.openapi", *(["--check"] if check else [])]
    runpy.run_module("api.openapi", run_name="__main__")


@cli.command()
def version() -> None:
    """Print the version."""
    screen.print(VERSION)


def attached(*, as_owner: bool = False) -> Settings:
    """Return the settings of the installation that this command works on; `as_owner` for one that changes tables."""
    from app.host.runfile import attach

    attach(as_owner=as_owner)
    return Settings()


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line; what is expected to go wrong is told in one sentence."""
    try:
        cli(words)
    except (HostError, AppError) as error:
        complain(str(error))
    except ValidationError as error:
        first = error.errors()[0]
        complain(f"{'.'.join(str(part) for part in first['loc']).upper()} cannot be used: {first['msg']}.")


def complain(sentence: str) -> None:
    """End with a sentence for the person at the terminal."""
    complaints.print(sentence, markup=False)
    sys.exit(1)


if __name__ == "__main__":
    main()
