"""Keeps a copy of the records of one noun in a file: begins with the whole list, then follows what changes. Run it again and again."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from kith_api import Api, Gone, Stop

PAGE = 200


class Mirror:
    """A copy of a noun's records by id, and the cursor up to which it is one."""

    def __init__(self, api: Api, noun: str, file: Path) -> None:
        self.api, self.noun, self.file = api, noun, file
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"cursor": "", "rows": {}}
        self.cursor: str = kept["cursor"]
        self.rows: dict[str, Any] = kept["rows"]

    async def run(self) -> None:
        """Bring the copy up to now; begin anew where its cursor is worth nothing any more."""
        try:
            await (self.follow() if self.cursor else self.begin())
        except Gone:
            await self.begin()

    async def begin(self) -> None:
        """Take the cursor of now first and the list after it: what changes meanwhile is told once more, nothing is missed."""
        cursor = (await self._get("/changes"))["next_cursor"]
        rows: dict[str, Any] = {}
        page = await self._get("", limit=PAGE)
        while True:
            rows |= {str(row["id"]): row for row in page["items"]}
            if not page["next_cursor"]:
                break
            page = await self._get("", limit=PAGE, cursor=page["next_cursor"])
        self.cursor, self.rows = cursor, rows
        self._keep()

    async def follow(self) -> None:
        """Read anew what is told of; keep the cursor with the rows, so that a kill costs nothing but a repetition."""
        more = True
        while more:
            page = await self._get("/changes", after=self.cursor, limit=PAGE)
            for told in page["items"]:
                row = None if told["deleted"] else await self._read(told["id"])
                self.rows.pop(str(told["id"]), None)
                if row:
                    self.rows[str(told["id"])] = row
            self.cursor, more = page["next_cursor"], page["more"]
            self._keep()

    async def _read(self, row_id: int) -> Any:
        """Return a record, None for one that went meanwhile: its end will be told."""
        try:
            return await self._get(f"/{row_id}")
        except Gone:
            return None

    async def _get(self, path: str, **query: Any) -> Any:
        return await self.api.call("GET", f"/{self.noun}{path}" + (f"?{urlencode(query)}" if query else ""))

    def _keep(self) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps({"cursor": self.cursor, "rows": self.rows}, ensure_ascii=False), encoding="utf-8")
        new.replace(self.file)


async def main(arguments: argparse.Namespace) -> int:
    """Bring the file up to now and say how much is in it."""
    async with httpx.AsyncClient(base_url=arguments.url, timeout=30) as client:
        api = Api(client, arguments.user, os.environ.get("KITH_PASSWORD", ""))
        try:
            await api.log_in()
            mirror = Mirror(api, arguments.noun, arguments.file)
            await mirror.run()
        except Stop as stop:
            print(stop, file=sys.stderr)
            return stop.code
    print(f"{len(mirror.rows)} records of {arguments.noun} in {arguments.file}")
    return 0


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="where Kith is, such as http://127.0.0.1:8700")
    parser.add_argument("--user", required=True, help="who reads; the password stands in KITH_PASSWORD")
    parser.add_argument("--noun", default="customers", help="customers, chances, orders …: any with /changes")
    parser.add_argument("--file", type=Path, required=True, help="where the copy is kept")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(parsed())))
