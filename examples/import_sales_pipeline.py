#!/usr/bin/env python3
"""Load the "CRM Sales Opportunities" sample into Kith through its public API, and nothing but the API.

    python examples/import_sales_pipeline.py --url http://127.0.0.1:8700 --user admin --data DIR

DIR holds accounts.csv, products.csv, sales_teams.csv and sales_pipeline.csv. The password comes from
--password or KITH_PASSWORD. Every record carries an external id, so a second run changes nothing and a
run that was cut off goes on where it stopped. It needs httpx; with rich installed it shows progress.

Exit codes: 0 done · 2 wrong usage · 3 the data cannot be read · 4 the server is away · 5 not allowed in
· 6 some rows were refused (everything else is in).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from crm_sales import (
    CHINESE,
    Report,
    Row,
    chances,
    correct,
    customers,
    departments,
    orders,
    people,
    products,
    read,
    slug,
)  # fmt: skip
from kith_api import Api, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 500


async def offer(api: Api, kind: str, labels: set[str]) -> None:
    """Add the dictionary values that the installation does not know yet."""
    known = {
        item["item"] for types in await api.call("GET", "/dict") if types["type"] == kind for item in types["items"]
    }
    for label in sorted(labels):
        if slug(label) not in known:
            name = label if label[0].isupper() else label.capitalize()
            value = {"type": kind, "item": slug(label), "value": CHINESE.get(label, name), "value_en": name}
            await api.call("POST", "/dict", value)


def batches(rows: list[Row]) -> Iterator[list[Row]]:
    """Cut rows into what one call takes."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


async def load(
    api: Api, files: dict[str, list[Row]], report: Report, concurrency: int, step: Callable[[int], None]
) -> None:
    """Send everything in the order that references need; chances and orders go several batches at a time."""
    company = await api.call("GET", "/me")
    if company["currency"] != "USD":
        report.notes.append(
            f"Amounts are US dollars, the installation shows {company['currency']}: no API sets that yet."
        )
    await offer(api, "industry", {row["sector"] for row in files["accounts.csv"]})
    await offer(api, "region", {row["office_location"] for row in files["accounts.csv"]})
    gate = asyncio.Semaphore(concurrency)

    async def send(noun: str, rows: list[Row], label: str = "") -> None:
        async with gate:
            answer = await api.call("POST", f"/imports/{noun}", {"rows": rows})
        report.add(label or noun, rows, answer["results"])
        step(len(rows))

    bare, led = departments(files)
    in_order = [("departments", bare, ""), ("users", people(files), ""), ("departments", led, "leaders")]
    in_order += [("products", products(files), ""), ("customers", customers(files, report), "")]
    for noun, rows, label in in_order:
        for batch in batches(rows):
            await send(noun, batch, label)
    await asyncio.gather(*(send("chances", batch) for batch in batches(chances(files, report))))
    # An order refers to its chance: one that was refused has none, and is told with it.
    won = [row for row in orders(files) if row["chance_external_id"] not in report.without["chances"]]
    await asyncio.gather(*(send("orders", batch) for batch in batches(won)))


async def run(api: Api, folder: Path, concurrency: int, step: Callable[[int], None]) -> Report:
    """Read, correct and load; return the report."""
    report = Report()
    files = await asyncio.to_thread(read, folder)
    correct(files, report)
    await api.log_in()
    await load(api, files, report, concurrency, step)
    return report


async def _main(options: argparse.Namespace, step: Callable[[int], None]) -> Report:
    async with httpx.AsyncClient(base_url=options.url, timeout=30) as client:
        return await run(Api(client, options.user, options.password), options.data, options.concurrency, step)


def _with_progress(options: argparse.Namespace) -> Report:
    try:
        from rich.progress import Progress  # noqa: PLC0415  shown only where it is installed
    except ImportError:
        return asyncio.run(_main(options, lambda _count: None))
    with Progress(disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("Importing", total=None)
        return asyncio.run(_main(options, lambda count: progress.advance(bar, count)))


def main(words: list[str] | None = None) -> int:
    """Run from a terminal; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8700")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", default=os.environ.get("KITH_PASSWORD"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args(words)
    if not options.password:
        parser.error("give --password or set KITH_PASSWORD")
    try:
        report = _with_progress(options)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return reason.code
    print(report.text(), end="")
    if options.report:
        options.report.write_text(report.text(), encoding="utf-8")
    return 6 if report.refused else 0


if __name__ == "__main__":
    sys.exit(main())
