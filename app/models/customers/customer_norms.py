"""Names of companies in the form by which twins are found, and the rows that make creates of one name wait (`cst_norm`)."""

import re
import unicodedata

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

RULE = 1
"""The version of the rule below: with another one, `jobs.customer_norms` reads all names again."""
LETTERS = re.compile(r"\b(?:[a-z]\.\s?){2,}")
MARKS = re.compile(r"[®©™℠]")
FORMS = re.compile(
    r"股份有限公司|有限责任公司|有限責任公司|有限合伙企业|有限合伙|股份公司|有限公司|集团|集團|公司|株式会社|有限会社|合同会社|주식회사|유한회사"
    r"|\((?:株|有|주|유)\)"
    r"|\b(?:co|ltd|inc|corp|corporation|incorporated|company|limited|llc|llp|plc|gmbh|group|pty|pte|sarl|mbh)\b"
)
ENDINGS = re.compile(r"(?:[\s.,&]+(?:sa|sas|srl|spa|ag|kg|ohg|bv|nv|oy|ab|kk|se))+[\s.,)]*$")


class CustomerNorm(Base):
    """A normal form that somebody created a customer under: who creates another one locks its row first."""

    __tablename__ = "cst_norm"

    norm: Mapped[str] = mapped_column("norm", Text(collation="C"), primary_key=True)


def norm(name: str) -> str:
    """Return a company's name without legal form, case, width, blanks, punctuation and brackets; the place stays in.

    A name of nothing but such words is compared whole.
    """
    text = unicodedata.normalize("NFKC", MARKS.sub("", name)).casefold()
    text = LETTERS.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    return _letters(ENDINGS.sub("", FORMS.sub(" ", text))) or _letters(text) or text


def _letters(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one)[0] not in "PZC" or one == "#")
