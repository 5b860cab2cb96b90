"""What somebody would guess first is no password."""

import pytest

from app.core.guessable import is_common, is_own


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password123", "ＰＡＳＳＷＯＲＤ１２", "!!p@ssw0rd!!", "qwertyuiop", "poiuytrewq12", "1234567890", "13800001234",
        "abcabcabcabc", "woaini1314", "1qaz2wsx3edc", "iloveyou2026", "aaaabbbb1234567890"[:4] * 3, "admin@2026!",
    ],
)  # fmt: skip
def test_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password", ["a long enough one", "another long one", "correct horse battery", "客户关系从跟进开始", "Xk3!vmQ92pLs"]
)
def test_not_common(password: str) -> None:
    assert not is_common(password)


@pytest.mark.parametrize(
    ("password", "own"),
    [
        ("zhangwei8888", True), ("ZhangWei8888", True), ("张伟张伟张伟12", True), ("zhang wei 123", True),
        ("zhangwei likes tea", False), ("nothing of mine", False),
    ],
)  # fmt: skip
def test_own_names(password: str, own: bool) -> None:  # noqa: FBT001  the expected answer
    assert is_own(password, ["zhangwei", "张伟", "zhang wei"]) is own
