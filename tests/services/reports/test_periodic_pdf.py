"""The page of a customer report: what people write in any script is drawn, and nothing is printed over another."""

import re
import zlib
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from app.core.money import DIGITS, digits_of
from app.schemas.reports.reports import Kind
from app.services.reports import periodic_pdf
from app.services.reports.periodic_fonts import drawable
from app.services.reports.sheets import Number

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2
TWELVE = "123,456,789,012.34"
PAGE_WIDTH, MARGIN = 841.9, 45.3


def page(*rows: list[str], **more: Any) -> bytes:
    cells = [cell for row in rows for cell in row]
    table = {"title": "", "columns": len(rows[0]), "cells": cells}
    plain: dict[str, Any] = {
        "company": "客智", "logo": [], "lang": "zh", "title": "客户管理报告", "number": "BG20261130", "facts": [["月份", "2026-11"]],
        "comment_title": "意见", "comment": "", "sections": [{"title": "客户贡献", "tables": [table]}],
    }  # fmt: skip
    return periodic_pdf.drawn(plain | more)


class Run(NamedTuple):
    """Glyphs drawn in one go: how far down the page, where they begin and end."""

    down: float
    start: float
    end: float


def _streams(content: bytes) -> list[str]:
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    texts = []
    for one in found:
        try:
            texts.append(zlib.decompress(one).decode("latin-1"))
        except zlib.error:
            continue
    return [text for text in texts if " Tf " in text]


def _widths(content: bytes) -> dict[int, float]:
    """Return the advance of each glyph of the one font, in thousandths of its size."""
    (array,) = re.findall(rb"/W ?\[([^\]]*)\]", content)
    numbers = [float(one) for one in array.split()]
    spans = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return {glyph: width for first, last, width in spans for glyph in range(int(first), int(last) + 1)}


WORDS = r"\((?:\\.|[^\\)])*\)"
BLOCK = re.compile(r"q 1 0 0 -1 ([\d.]+) ([\d.]+) cm\n?/\w+ cs [\d. ]+scn\nBT(.*?)\nET", re.DOTALL)
DRAWN = re.compile(rf"([\d.]+) Tf 1 0 0 -1 ([\d.]+) 0 Tm\s*(\[(?:{WORDS}|[-\d.\s])*\]TJ|{WORDS}Tj)", re.DOTALL)
ESCAPED = re.compile(r"\\(\d{3}|.)", re.DOTALL)
NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _glyphs(words: str) -> list[int]:
    read = ESCAPED.sub(lambda m: chr(int(m[1], 8)) if m[1].isdigit() else NAMED.get(m[1], m[1]), words[1:-1])
    pairs = read.encode("latin-1")
    return [int.from_bytes(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]


def _wide(drawn: str, widths: dict[int, float]) -> float:
    glyphs = sum(widths[glyph] for words in re.findall(WORDS, drawn, re.DOTALL) for glyph in _glyphs(words))
    return glyphs - sum(float(one) for one in re.findall(r"-?[\d.]+", re.sub(WORDS, " ", drawn, flags=re.DOTALL)))


def runs(content: bytes) -> list[Run]:
    widths = _widths(content)
    found = []
    for n, stream in enumerate(_streams(content)):
        for x, y, block in BLOCK.findall(stream):
            for size, more, drawn in DRAWN.findall(block):
                start = float(x) + float(more)
                found.append(Run(n * 1000 + round(float(y)), start, start + _wide(drawn, widths) * float(size) / 1000))
    return sorted(found)


@pytest.mark.parametrize("columns", [3, 7, 13])
@pytest.mark.parametrize("name", [LONG, "株式会社吉野家超长名称没有空格测试公司" * 3])
def test_long_names_and_twelve_digits_stand_beside_each_other(name: str, columns: int) -> None:
    heading = ["客户", *(f"合同额{n}" for n in range(columns))]
    content = page(heading, [name, *[TWELVE] * columns], ["合计", *["1,234,567.00"] * columns], comment=LONG * 4)
    drawn = runs(content)
    assert len(drawn) > 3 * columns
    for one, after in pairwise(drawn):
        assert one.down != after.down or one.end <= after.start + 0.5
    assert max(one.end for one in drawn) <= PAGE_WIDTH - MARGIN + 0.5


@pytest.mark.parametrize(
    ("words", "font"),
    [("😀👍🏽", b"NotoEmoji"), ("สวัสดี", b"NotoSansThai"), ("नमस्ते", b"NotoSansDevanagari"), ("𠮷田", b"NotoSansCJK")],
)
def test_what_the_chinese_font_lacks_is_drawn_by_another(words: str, font: bytes) -> None:
    content = page(["客户", "数"], [f"甲{words}", "1"])
    assert font in content
    assert b"LibertinusSerif" not in content  # what Typst draws its boxes with


@pytest.mark.parametrize("letter", ["\U0002a6d0", "\U00032000", "\ue000"])
def test_a_letter_that_no_font_has_is_printed_as_its_code_point(letter: str) -> None:
    drawn = page(["客户", "数"], [f"甲{letter}乙", "1"])
    assert b"LibertinusSerif" not in drawn
    assert runs(drawn) == runs(page(["客户", "数"], [f"甲[U+{ord(letter):04X}]乙", "1"]))


@pytest.mark.parametrize(
    "letters",
    ["𠅤𠙶𠳐𡎚𡐓𣗋𦒍𨐈𫍣𫇭𬘓𬬻𫚖𬶋𬭚𬭬𬭊𬬿𫓧𬺈𫖮𫟹𬤇𬀩𬍛𬕂䶮㑇㛃", "张三 Émile Ωμέγα 😀👍🏽👩\u200d🔧 สวัสดี ☑"],
)
def test_what_a_font_has_stays_as_written(letters: str) -> None:
    assert drawable(letters) == letters


def test_a_table_goes_on_over_the_page_with_its_heading() -> None:
    rows = [[f"客户{n}", TWELVE] for n in range(90)]
    assert page(["客户", "合同额"], *rows).count(b"/Type/Page/") == 3


@pytest.mark.parametrize(("currency", "amount"), [("CNY", "14,060.00"), ("JPY", "14,060")])
def test_amounts_have_the_digits_of_the_currency_and_shares_their_sign(currency: str, amount: str) -> None:
    token = DIGITS.set(digits_of(currency))
    row = [Number(Decimal(14060), Kind.MONEY), Number(Decimal("17.26"), Kind.PERCENT), Number(Decimal(3), Kind.COUNT)]
    assert periodic_pdf.table("", [["a", "b", "c"], row])["cells"][3:] == [amount, "17.26%", "3"]
    DIGITS.reset(token)
