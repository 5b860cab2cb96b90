"""Log-in names that a person cannot tell apart: other letters of the same look, several scripts in one name.

After Unicode's UTS 39, as far as log-in names need it: one script (Latin may stand beside Chinese, Japanese or Korean),
nothing that compatibility folds into something else, and one skeleton a person.
"""

import unicodedata

from pydantic_core import PydanticCustomError

from app.core.texts import ZERO_WIDTH

ALIKE = str.maketrans(
    "асԁеһіјӏԛрѕԝхуўѵАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧοονραγικυωοОо0Oıɩ1Il|",
    "acdehijlqpswxyyvABCEHIJKMOPSTXYABEZHIKMNOPTYXoovpayikuwoooooiillll",
)
PAIRS = (("rn", "m"), ("vv", "w"))
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "HANGUL", "IDEOGRAPHIC"}


def skeleton(name: str) -> str:
    """Return what a log-in name looks like: two names with one skeleton are taken for each other."""
    text = unicodedata.normalize("NFKC", name).translate(ALIKE).lower()
    for pair, single in PAIRS:
        text = text.replace(pair, single)
    return text


def typable(name: str) -> str:
    """Return how a name is compared at the log-in: without case, width, outer blanks and what nobody sees."""
    return unicodedata.normalize("NFKC", ZERO_WIDTH.sub("", name)).strip().lower()


def scripts(name: str) -> set[str]:
    """Return the scripts of a name's letters, by the first word of Unicode's name for each."""
    return {unicodedata.name(letter, "UNKNOWN").split(" ")[0] for letter in name if letter.isalpha()}


def plain(name: str) -> str:
    """Return a log-in name that no other one hides behind; raise for what folds into something else, or mixes scripts."""
    if unicodedata.normalize("NFKC", name) != name or any(unicodedata.category(one)[0] in "CZ" for one in name):
        raise PydanticCustomError("look_alike", "Write the log-in name in ordinary characters.")
    used = scripts(name)
    western = used - EAST_ASIAN
    if len(western) > 1 or (western - {"LATIN"} and used & EAST_ASIAN):
        raise PydanticCustomError("look_alike", "The log-in name mixes letters of different scripts.")
    return name
