"""Log-in names that look alike."""

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.lookalikes import skeleton
from app.schemas.access.users import UserName

READ = TypeAdapter(UserName)


@pytest.mark.parametrize(
    "name", ["zhang.san", "张三", "zhang三", "Иван", "Łukasz", "josé", "김철수", "user_10", "a@b.cn"]
)
def test_ordinary_names_are_taken(name: str) -> None:
    assert READ.validate_python(f" {name}\u200b") == name


@pytest.mark.parametrize("name", ["аdmin", "αdmin", "Иvan", "张а", "ａｄｍｉｎ", "ﬁnance", "𝐚𝐝𝐦𝐢𝐧", "a b", "a/b"])
def test_disguised_names_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        READ.validate_python(name)


@pytest.mark.parametrize(("one", "other"), [("сео", "ceo"), ("adrnin", "admin"), ("Iohn", "1ohn"), ("b0b", "BOB")])
def test_names_of_the_same_look_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_names_that_differ_to_the_eye_do_not() -> None:
    assert len({skeleton(name) for name in ("admin", "admin2", "adam", "张三", "张山", "iris", "lars")}) == 7
