"""The file of a backup is whole or not there, private, and says which part of it is damaged."""

import resource
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.host.archive import Archive, ArchiveWriter
from app.host.errors import HostError

FACTS = {"version": "1.0", "rows": {"orders": 3}}
DUMP, KEY = b"d" * 3_000_000 + b"end", b"the key"


def written(target: Path, *, force: bool = False) -> Path:
    with ArchiveWriter(target, force=force) as archive:
        archive.add("database.dump", iter([DUMP[:1_000_000], DUMP[1_000_000:]]))
        archive.add("secret_key", [KEY])
        archive.finish(FACTS)
    return target


def test_what_was_written_is_read(tmp_path: Path) -> None:
    archive = Archive(written(tmp_path / "a.tar"))
    archive.check()
    assert b"".join(archive.part("database.dump")) == DUMP
    assert b"".join(archive.part("secret_key")) == KEY
    assert archive.manifest["rows"] == {"orders": 3}


def test_it_is_private_and_any_tar_program_opens_it(tmp_path: Path) -> None:
    target = written(tmp_path / "a.tar")
    assert target.stat().st_mode & 0o777 == 0o600
    with tarfile.open(target) as tar:
        assert tar.getnames() == ["database.dump", "secret_key", "manifest.json", "manifest.sha256"]
        assert {member.mode for member in tar} == {0o600}


@pytest.mark.parametrize("part", ["database.dump", "secret_key", "manifest.json", "manifest.sha256"])
def test_one_flipped_byte_is_named_by_its_part(tmp_path: Path, part: str) -> None:
    target = written(tmp_path / "a.tar")
    with tarfile.open(target) as tar:
        place = tar.getmember(part).offset_data + 1
    content = bytearray(target.read_bytes())
    content[place] ^= 1
    target.write_bytes(content)
    named = part.replace(".sha256", ".json")  # its checksum says that of the manifest
    with pytest.raises(HostError, match=rf"^{named} in .* is damaged"):
        Archive(target).check()


@pytest.mark.parametrize("end", [0, 700, 3_000_200, 3_002_500])
def test_a_file_that_was_cut_off_is_no_backup(tmp_path: Path, end: int) -> None:
    target = written(tmp_path / "a.tar")
    target.write_bytes(target.read_bytes()[:end])
    with pytest.raises(HostError, match=r"cannot be read as a backup|is cut off|is damaged"):
        Archive(target).check()


def test_a_file_that_is_there_is_kept_without_force(tmp_path: Path) -> None:
    target = tmp_path / "a.tar"
    target.write_text("mine")
    with pytest.raises(HostError, match="is there already"):
        written(target)
    assert target.read_text() == "mine"
    Archive(written(target, force=True)).check()
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise HostError("pg_dump failed")

    with pytest.raises(HostError, match="pg_dump failed"), ArchiveWriter(tmp_path / "a.tar") as archive:
        archive.add("database.dump", broken())
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_that_takes_no_more_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, kept[1]))
    try:
        with pytest.raises(HostError, match="nothing was written"):
            written(tmp_path / "a.tar")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="cannot be written"):
        written(tmp_path / "none" / "a.tar")
