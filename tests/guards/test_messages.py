"""Every sentence that refuses something can be told in Chinese."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_core._pydantic_core import list_all_errors

from app.core import labels
from app.core.errors import AppError
from app.core.items import types
from app.core.messages import FILE, WORDS, of_pydantic, spoken, told, with_value
from app.core.settings import ROOT
from app.core.steps import Steps
from app.schemas.customers.customers import CustomerFacts
from app.schemas.orders.orders import OrderPatch
from tests.factories import house

CALLS = {
    "Invalid", "Conflict", "Forbidden", "NotFound", "Unauthenticated", "TooMany", "Unavailable", "UnsupportedMediaType",
    "refuse", "explain", "PydanticCustomError", "_refused", "_read", "IllegalTransition", "Step", "Block",
}  # fmt: skip
NAMES = {"message", "words", "refused", "WORDS"}
SENTENCE = re.compile(r"[“A-Z{].* .*\.”?$", re.DOTALL)
APART = ("app/host/", "app/jobs/", "app/cli.py", "demo", "app/core/db.py", "app/core/settings.py")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w+\}", "{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def refusals(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is said where something is refused: arguments of errors, and what stands under the usual names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS:
            yield from node.args
        elif isinstance(node, ast.Assign) and {getattr(one, "id", "") for one in node.targets} & NAMES:
            yield from node.value.values if isinstance(node.value, ast.Dict) else (node.value,)


def sentences() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("api/*.py")):
        if any(part in str(path.relative_to(ROOT)) for part in APART):
            continue
        for said in refusals(ast.parse(path.read_text(encoding="utf-8"))):
            parts = (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
            found |= {text: path for part in parts if SENTENCE.match(text := template(part))}
    return found


def kinds(parent: type[AppError]) -> Iterator[type[AppError]]:
    for one in parent.__subclasses__():
        yield one
        yield from kinds(one)


def test_every_refusal_has_its_chinese() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    found = sentences()
    assert len(found) > 150
    missing = {text: path.name for text, path in found.items() if text not in known}
    titles = {one.title() for one in kinds(AppError) if one.__module__.startswith("app.")}
    assert (missing, titles - known.keys()) == ({}, set())


def words_of(text: str) -> str:
    """Return a sentence as it may be compared: how it begins and ends is made where it is told (`of_pydantic`)."""
    return text[:1].lower() + text[1:].removesuffix(".")


def everything() -> set[str]:
    """Return every text in the code, with `{}` for values."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8")) for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("api/*.py"))
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    titles = {one.title() for one in kinds(AppError)}
    return {words_of(" ".join(text.split())) for text in written | titles | {template(node) for node in nodes}}


def of_the_frameworks(english: str) -> bool:
    """Tell whether Pydantic or FastAPI says it: a field's kind and the s of several are filled in there."""
    return english == "JSON decode error" or any(one.fullmatch(english) for one in PYDANTIC)


LOOSE = {"expected_plural": "s?", "field_type": r"\w+"}
PYDANTIC = [
    re.compile("".join(LOOSE.get(part, r"\{\}") if n % 2 else re.escape(part) for n, part in enumerate(parts)))
    for error in list_all_errors()
    for form in ("message_template_python", "message_template_json")
    for parts in [re.split(r"\{(\w+)\}", str(error.get(form, "")))]
]


def test_every_chinese_refusal_is_said_by_somebody() -> None:
    known, code = json.loads(FILE.read_text(encoding="utf-8")), everything()
    silent = {one for one in known if words_of(one) not in code and not of_the_frameworks(one)}
    assert silent == set()


NAMED = re.compile(
    r"If-Match|Idempotency-Key|POST /reports/exports|PNG|JPEG|WebP|data URL|data:image/png;base64|HH:MM|JSON|true|false"
    r"|name@example\.com|\"date\"|\"name\"|\"strategic\"|\{\d?[wc]?\}"
)
"""What is called so in every language: headers, addresses, formats, fields, examples of what to type."""
CODES = {"step", "state", "status", "was", "kind", "words"}
"""Names of values that are codes of ours."""


def test_no_chinese_refusal_has_words_of_another_language() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    told_so = {one for one in (*known.values(), *words.values()) if re.search(r"[A-Za-z]{2,}", NAMED.sub("", one))}
    assert told_so == set()


def coded(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a tree that have a code of ours in them, and in which place."""
    for one in ast.walk(node):
        if isinstance(one, ast.JoinedStr):
            values = [part.value for part in one.values if isinstance(part, ast.FormattedValue)]
            yield from ((template(one), n) for n, value in enumerate(values) if getattr(value, "id", "") in CODES)


def test_a_code_in_a_sentence_is_told_in_words() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    found = {
        (english, n)
        for path in ROOT.glob("app/**/*.py")
        for english, n in coded(ast.parse(path.read_text(encoding="utf-8")))
        if english in known
    }
    assert len(found) >= 7
    raw = set()
    for english, n in found:
        places = re.findall(r"\{(\d?)([wc]?)\}", known[english])
        raw |= {english for at, (place, word) in enumerate(places) if int(place or at) == n and not word}
    assert raw == set()


def codes() -> set[str]:
    """Return every state and step of every table, and the types of the dictionary."""
    tables = [
        value for module in house.modules("services") for value in vars(module).values() if isinstance(value, Steps)
    ]
    steps = [(name, step) for table in tables for name, step in table.steps.items()]
    states = {state for _, step in steps for state in (*(step.sources or ()), step.target) if state}
    return {name for name, _ in steps} | states | types()


FIELDS = {*CustomerFacts.model_fields, *OrderPatch.model_fields}
"""What refusals name by the field."""


def test_every_code_has_its_word() -> None:
    known = labels.of_fields("zh").keys() | json.loads(WORDS.read_text(encoding="utf-8")).keys()
    assert (codes() | FIELDS) - known == set()


def test_no_translation_forgets_a_value() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    uneven = {
        english for english, chinese in known.items()
        if english.count("{}") != len(re.findall(r"\{\d?[wc]?\}", chinese)) or not (CHINESE.search(chinese) or "{}" in chinese)
    }  # fmt: skip
    assert uneven == set()


@pytest.mark.parametrize(
    ("sentence", "chinese"),
    [
        ("Only 12.50 is unpaid.", "未回款仅 12.50。"),
        ("“moon” is not a value of level.", "“moon”不是客户等级中的值。"),
        ("confirm is not possible while completed", "处于“已完成”状态时不能执行“确认”"),
        ("An order that is cancelled does not become draft.", "状态为“已取消”的订单不能变为“草稿”。"),
        (
            "This customer has open chances, services; close them first.",
            "此客户尚有未结束的销售机会、客户服务，请先结束。",
        ),
        ("Input should be 'xlsx' or 'csv'", "应为 'xlsx'或'csv'"),
        ("Only 3 of 10 pieces are left to ship.", "10 件中仅剩 3 件待发。"),
        ("Input should be greater than or equal to 1", "应不小于 1"),
        ("Input should be one of 'high', 'mid', 'low', 'x'.", "应为以下之一：high（高）、mid（中）、low（低）、x。"),
        ("Nobody wrote this one.", "Nobody wrote this one."),
    ],
)
def test_a_sentence_is_told_with_its_values(sentence: str, chinese: str) -> None:
    assert told(sentence, "zh") == chinese


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        ("“moon” is not a value of contact_kind.", "“moon” is not a value of kind of activity."),
        ("Fixed since confirmation: customer_id, due_date.", "Fixed since confirmation: customer, due date."),
        ("Both required and hidden: credit_code.", "Both required and hidden: credit code."),
        ("take_back is not possible while unassigned", "take back is not possible while unassigned"),
        ("Only 12.50 is unpaid.", "Only 12.50 is unpaid."),
        ("Input should be one of 'high', 'mid', 'low'.", "Input should be one of 'high', 'mid', 'low'."),
        ("Nobody wrote this one.", "Nobody wrote this one."),
    ],
)
def test_english_names_no_field_or_choice_by_its_code(sentence: str, english: str) -> None:
    assert told(sentence, "en") == english


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "zh"), ("de", "zh"), ("en-GB,en;q=0.8", "en"), ("zh-TW", "zh"), ("fr, en;q=0.5, zh;q=0.9", "zh"),
        ("*", "zh"), ("en;q=x,zh;q=0.1", "zh"), (";;;,", "zh"),
    ],
)  # fmt: skip
def test_the_header_chooses_the_language(accept: str, language: str) -> None:
    assert spoken(accept, "zh-CN") == language
    assert spoken("", "en-US") == "en"


def test_no_expression_is_shown_to_a_person() -> None:
    error = {"type": "string_pattern_mismatch", "msg": "String should match pattern '^[a-z]$'"}
    assert "pattern" not in of_pydantic(error)
    literal = {"type": "literal_error", "msg": "", "ctx": {"expected": "'high', 'mid' or 'low'"}}
    assert of_pydantic(literal) == "Input should be one of 'high', 'mid', 'low'."
    assert with_value("应为整数", "abc", "zh") == "“abc”：应为整数"


SPOKEN = {
    "app/core/messages.py": "joins Chinese sentences",
    "app/core/phones.py": "reads what people type",
    "app/core/pinyin.py": "how characters are read",
    "app/host/welcome.py": "the product's name",
    "app/models/customers/customer_norms.py": "legal forms that names end in",
    "app/schemas/goods/products.py": "an example",
    "app/schemas/access/rbac.py": "an example",
    "app/schemas/base/settings.py": "an example",
    "app/services/reports/words.py": "the words of reports",
    "app/services/care/service_steps.py": "an English sentence that names the Chinese word",
    "app/services/base/setting_kinds.py": "an example in a sentence",
    "app/services/base/settings.py": "the name that an installation begins with",
}
"""Files that have Chinese words in their code, and what for; the demo company's are apart."""


def said(path: Path) -> Iterator[str]:
    """Yield the texts of a file that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.value


def test_no_service_writes_chinese_into_data() -> None:
    """What Kith says in data is a code with facts (`core.told`): who reads English reads it too."""
    chinese = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("app/**/*.py")
        if path.parts[len(ROOT.parts) + 1] != "demo" and any(CHINESE.search(text) for text in said(path))
    }
    assert chinese - SPOKEN.keys() == set()


def test_no_file_is_named_that_says_nothing_in_chinese() -> None:
    silent = {name for name in SPOKEN if not any(CHINESE.search(text) for text in said(ROOT / name))}
    assert silent == set()
