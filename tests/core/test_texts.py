"""Text in its normal form: a line, several lines, and what nobody can see."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.texts import Name, OptionalWords, Search, Words

NAME, WORDS, OPTIONAL, SEARCH = (TypeAdapter(kind) for kind in (Name, Words, OptionalWords, Search))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  华为\u3000 技术\t公司 ", "华为 技术 公司"),
        ("Ce\u0301line", "C\u00e9line"),
        ("\ufeff张\u200b三\u2060", "张三"),
        ("张三\r\n", "张三"),
        ("abc\u202e", "abc"),
    ],
)
def test_a_line_is_kept_in_its_normal_form(given: str, kept: str) -> None:
    assert NAME.validate_python(given) == kept


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\x00b", "a\x07b", "a\x1bb", "a\x85b", "a\u2028b"])
def test_control_characters_inside_a_line_are_refused(value: str) -> None:
    for read in (NAME, SEARCH):
        with pytest.raises(ValidationError, match="on one line"):
            read.validate_python(value)


@pytest.mark.parametrize("value", ["", "   ", "\u200b", "\u3164", "\u2800\u2800", "\u00ad", "\u200d", "\ufe0f"])
def test_what_nobody_can_see_is_empty(value: str) -> None:
    for read in (NAME, WORDS):
        with pytest.raises(ValidationError, match="at least 1 character"):
            read.validate_python(value)
    assert OPTIONAL.validate_python(value) is None


def test_a_memo_keeps_its_lines() -> None:
    assert WORDS.validate_python(" 一\r\n二  \r三\u2028四\n\n\t五\x07 \n") == "一\n二\n三\n四\n\n\t五"
    with pytest.raises(ValidationError, match="null character"):
        WORDS.validate_python("a\x00")


@pytest.mark.parametrize("value", [5, None, True, ["a"]])
def test_only_text_is_text(value: Any) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(value)
