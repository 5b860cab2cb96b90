"""Every fact of a noun is called something, once, in both languages: screens, refusals and the log read it from one place."""

import json

import pytest

from app.core import facts, labels, nouns
from app.core.settings import ROOT

LANGUAGES: tuple[labels.Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", nouns.known())
def test_whatever_a_record_tells_has_a_label(code: str, language: labels.Language) -> None:
    noun = nouns.known()[code]
    told = facts.facts(noun).keys() | noun.particular
    assert len(told) > 8
    assert told - labels.of(code, language).keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_called_alike_of_every_noun_is_not_said_again(language: labels.Language) -> None:
    common = labels.of(labels.COMMON, language)
    again = {
        (code, name)
        for code in nouns.known()
        for name, label in json.loads((labels.FOLDERS[language] / f"{code}.json").read_text("utf-8"))["fields"].items()
        if common.get(name) == label
    }
    assert again == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_noun_keeps_labels_of_its_own_on_the_screens(language: labels.Language) -> None:
    folder = ROOT / "frontend" / "src" / "locales" / labels.FOLDERS[language].name
    files = [folder / f"{code}.json" for code in nouns.known() if (folder / f"{code}.json").exists()]
    assert len(files) > 10
    assert [file.stem for file in files if "fields" in json.loads(file.read_text("utf-8"))] == []
