"""An example of each body: what must be sent, and a few of the fields that may, with values that a reader recognises."""

import re
from collections.abc import Mapping
from typing import Any

SHOWN = 4
"""Fields shown that need not be sent."""
DAY, MOMENT = "2026-03-01", "2026-03-02T09:30:00+08:00"
WORDS: dict[str, Any] = {
    "name": "蓝海科技有限公司", "customer_name": "蓝海科技有限公司", "title": "年度维保", "tel": "010-5550 1234",
    "mobile": "13800001234", "email": "wang@example.com", "address": "上海市浦东新区世纪大道 1 号", "reason": "分工调整",
    "memo": "下周再联系", "description": "希望年底前上线", "todo": "发送报价", "result": "客户同意试用", "request": "设备不能启动",
    "deal": "更换电源后恢复", "note": "三个月没有下单", "text": "已电话联系", "measure": "安排回访", "cause": "电源损坏",
    "comment": "请补充数据", "next_step": "约定演示", "place": "客户办公室", "purpose": "介绍新产品", "position": "采购经理",
    "linkman": "王芳", "unit": "件", "model": "KT-200", "code": "KT-200", "external_id": "ERP-1001", "item": "key_account",
    "value": "重点客户", "value_en": "Key account", "name_en": "Key account", "contract_no": "HT-2026-018",
    "carrier": "顺丰速运", "tracking_no": "SF1234567890", "user_name": "wang.fang", "username": "wang.fang",
    "website": "https://example.com", "zip": "200120", "amount": "1280.00", "price": "1280.00", "credit_limit": "50000.00",
    "count": 2, "discount": "0.0500", "tax_rate": "0.13", "rate": 30, "kind": "visit", "method": "transfer",
    "level": "key", "region": "east", "industry": "it", "source": "referral", "type": "complaint", "warehouse": "main",
    "bin": "A-01-3", "close_reason": "price", "competitor": "hengtong", "channel": "phone", "category": "hardware",
    "satisfaction": 4, "roles": ["manager"], "scope": "orders:read customers:read", "client": "mobile",
    "grant_type": "password", "confirm": "KH202603020001", "token": "the-token-of-a-one-time-link",
    "Role.name": "区域经理", "Role.code": "area_manager", "Department.name": "华东区", "Product.name": "温度传感器",
    "Category.name": "传感器", "Process.name": "标准流程", "Stage.name": "需求确认", "Attribute.name": "量程",
    "Competitor.code": "hengtong", "Goal.value": "500000.00", "Goal.user_id": 1, "Setting.value": "蓝海科技有限公司",
} | {f"{person}.name": "王芳" for person in ("User", "Linkman", "Setup", "Me")}  # fmt: skip
"""By the name of the field, or that of its noun and field. Codes of the dictionary are an installation's own: these are the ones it begins with, or may add."""
NOUN = re.compile("[A-Z][a-z]+")
"""The first word of a schema's name: `RoleWrite`."""
PARTS = {"lines"}
"""Lists that are shown with one of their parts."""
UNTOLD = {"client_id", "client_secret"}
"""Fields that a framework declares and nobody reads."""


def add(document: dict[str, Any]) -> None:
    """Put an example beside the schema of each request body that has one."""
    schemas = document["components"]["schemas"]
    bodies = [
        one["requestBody"] for paths in document["paths"].values() for one in paths.values() if "requestBody" in one
    ]
    for content in (content for body in bodies for content in body["content"].values()):
        content["example"] = of(content["schema"], "", schemas)


def of(schema: Mapping[str, Any], name: str, schemas: Mapping[str, Any]) -> Any:
    """Return a value of a schema; `name` is the field's."""
    if "$ref" in schema:
        return of(schemas[schema["$ref"].rsplit("/", 1)[-1]], name, schemas)
    if "anyOf" in schema:
        return of(
            _told(schema["anyOf"], name) | {key: schema[key] for key in ("examples",) if key in schema}, name, schemas
        )
    if "properties" in schema:
        return _object(schema, schemas)
    if schema.get("type") == "array":
        known = WORDS.get(name)
        return known if isinstance(known, list) else [of(schema["items"], name, schemas)][: schema.get("maxItems", 1)]
    if schema.get("type") == "object":
        return {}
    return _single(schema, name)


def _told(choices: list[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Return the choice that an example is of: not null, and of the kind that the field's word has."""
    there = [dict(one) for one in choices if one.get("type") != "null"]
    wanted = "string" if isinstance(WORDS.get(name), str) else None
    return next((one for one in there if wanted and one.get("type") == wanted), there[0])


def _object(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    fields, noun = schema["properties"], NOUN.match(schema.get("title", "")) or [""]
    words = {name: own if (own := f"{noun[0]}.{name}") in WORDS else name for name in fields}
    needed = schema.get("required", [])
    may = [name for name in fields if name not in needed and name not in UNTOLD and words[name] in {*WORDS, *PARTS}]
    return {name: of(fields[name], words[name], schemas) for name in fields if name in {*needed, *may[:SHOWN], *PARTS}}


def _single(schema: Mapping[str, Any], name: str) -> Any:
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("format") in {"date", "date-time"}:
        return DAY if schema["format"] == "date" else MOMENT
    kinds = {"integer": max(int(schema.get("minimum", 1)), 1), "number": 1, "boolean": True}
    if schema.get("type") in kinds:
        word = WORDS.get(name)
        return word if isinstance(word, int) else kinds[schema["type"]]
    return _text(schema, name)


def _text(schema: Mapping[str, Any], name: str) -> str:
    if schema.get("format") == "password":
        return "a-long-enough-one"
    word = WORDS.get(name, WORDS["external_id"] if name.endswith("_external_id") else name)
    return str(word if isinstance(word, str) else name)[: schema.get("maxLength")]
