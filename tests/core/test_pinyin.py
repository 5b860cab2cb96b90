"""Pinyin keys: what sales people type to find a company."""

import pytest

from app.core.pinyin import keys


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("华为技术", "huaweijishu", "hwjs"),
        ("重庆长安", "chongqingchangan", "cqca"),
        ("厦门银行", "xiamenyinhang", "xmyh"),
        ("成都重工", "chengduzhonggong", "cdzg"),
        ("Acme 科技", "acme keji", "acme kj"),
    ],
)
def test_keys(name: str, pinyin: str, initials: str) -> None:
    assert keys(name) == (pinyin, initials)
