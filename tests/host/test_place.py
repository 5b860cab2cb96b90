"""Where data lie, and that what is secret is kept so."""

from pathlib import Path

import pytest

from app.host import place
from app.host.errors import HostError


def test_data_dir_is_respected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert place.data_dir() == tmp_path


def test_root_keeps_data_outside_of_homes_and_others_in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA_DIR", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert place.data_dir().parent == place.SYSTEM_DATA
    assert place.data_dir() == place.data_dir()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert place.data_dir() == place.CLONE / "var"


def test_the_key_is_made_once_and_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = place.secret_key(tmp_path)
    assert len(key) >= 32
    assert place.secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_damaged_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("short")
    with pytest.raises(HostError, match="is damaged"):
        place.secret_key(tmp_path)


def test_a_key_from_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "from-outside")
    assert place.secret_key(tmp_path) == "from-outside"
    assert not list(tmp_path.iterdir())
