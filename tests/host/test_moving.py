"""An installation with its own PostgreSQL moves to an empty folder by one file, made while it ran."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.host.test_supervisor import Kith


@pytest.fixture
def houses(enterable: Callable[[str], Path]) -> Iterator[tuple[Kith, Kith]]:
    made = Kith(enterable("kith-old")), Kith(enterable("kith-new"))
    yield made
    for kith in made:
        if kith.process:
            kith.end(signal.SIGTERM)


def test_a_backup_of_a_running_kith_starts_elsewhere(houses: tuple[Kith, Kith], tmp_path: Path) -> None:
    old, new = houses
    file = str(tmp_path / "kith.tar")
    assert new.crm("backup", file)[1].startswith("Kith is not running")
    old.start()
    old.ready()
    assert old.crm("user", "create", "boss", "--name", "老板", "--role", "admin")[0] == 0
    assert old.crm("backup", file)[0] == 0
    code, said = old.crm("backup", file)
    assert (code, "is there already" in said) == (1, True)
    assert old.crm("backup", file, "--force")[0] == 0
    code, said = old.crm("restore", file)
    assert (code, "is not empty" in said) == (1, True)
    old.end()

    code, said = new.crm("restore", file)
    assert (code, said.splitlines()[-1]) == (0, "Restored: every row and kept sum is as in the backup.")
    assert not (new.folder / "run.json").exists()
    new.start()
    found = new.ready()
    assert httpx.get(f"{found['address']}/readyz").status_code == 200
    assert new.crm("user", "link", "boss")[0] == 0
    keys = [(kith.folder / "secret_key").read_text() for kith in houses]
    assert keys[0] == keys[1]


def test_a_damaged_backup_leaves_the_folder_empty(houses: tuple[Kith, Kith], tmp_path: Path) -> None:
    (tmp_path / "kith.tar").write_bytes(b"no tar")
    code, said = houses[1].crm("restore", str(tmp_path / "kith.tar"))
    assert (code, "cannot be read as a backup" in said, "Traceback" in said) == (1, True, False)
    assert list(houses[1].folder.iterdir()) == []
