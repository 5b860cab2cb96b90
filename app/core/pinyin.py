"""Sort and search keys of Chinese names: full pinyin and initials, from pypinyin.

Its dictionary of 47,000 phrases costs every process 44 MB for the sake of characters with several
readings. Company names need few of them: places, banks and surnames stand below.
"""

import os
from functools import cache
from types import ModuleType

PHRASES = (
    "重庆 chóng qìng,长沙 cháng shā,长春 cháng chūn,长安 cháng ān,长江 cháng jiāng,长城 cháng chéng,长治 cháng zhì,"
    "长兴 cháng xīng,长虹 cháng hóng,长宁 cháng níng,长远 cháng yuǎn,长青 cháng qīng,长荣 cháng róng,长沟 cháng gōu,"
    "银行 yín háng,商行 shāng háng,车行 chē háng,行业 háng yè,厦门 xià mén,成都 chéng dū,首都 shǒu dū,都市 dū shì,"
    "大厦 dà shà,朝阳 cháo yáng,六安 lù ān,蚌埠 bèng bù,台州 tāi zhōu,丽水 lí shuǐ,乐清 yuè qīng,音乐 yīn yuè,"
    "乐器 yuè qì,乐山 lè shān,会计 kuài jì,番禺 pān yú,东阿 dōng ē,亳州 bó zhōu,衢州 qú zhōu,歙县 shè xiàn,"
    "重工 zhòng gōng,重型 zhòng xíng,重点 zhòng diǎn,调研 diào yán,空调 kōng tiáo,传动 chuán dòng,传奇 chuán qí,"
    "大夫 dài fu,单县 shàn xiàn,曾氏 zēng shì,单氏 shàn shì,仇氏 qiú shì,解氏 xiè shì,盛世 shèng shì,兴盛 xīng shèng,"
    "藏族 zàng zú,西藏 xī zàng,北大荒 běi dà huāng,石家庄 shí jiā zhuāng,乌鲁木齐 wū lǔ mù qí,呼和浩特 hū hé hào tè"
)


@cache
def _reader() -> ModuleType:
    """Load the library when a name is first read: its characters cost 13 MB that a process which only reads has not."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin  # noqa: PLC0415

    entries = (entry.split(" ") for entry in PHRASES.split(","))
    pypinyin.load_phrases_dict({word: [[reading] for reading in readings] for word, *readings in entries})
    return pypinyin


def keys(name: str) -> tuple[str, str]:
    """Return (pinyin, initials), lower case: 华为技术 -> ("huaweijishu", "hwjs"). Latin text stays itself."""
    reader = _reader()
    full = "".join(reader.lazy_pinyin(name)).lower()
    first = "".join(reader.lazy_pinyin(name, style=reader.Style.FIRST_LETTER)).lower()
    return full[:200], first[:100]
