"""Sort and search keys of Chinese names: full pinyin and initials, from pypinyin."""

from pypinyin import Style, lazy_pinyin


def keys(name: str) -> tuple[str, str]:
    """Return (pinyin, initials), lower case: 华为技术 -> ("huaweijishu", "hwjs"). Latin text stays itself."""
    full = "".join(lazy_pinyin(name)).lower()
    first = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return full[:200], first[:100]
