"""The words of reports for what leaves the browser (sheets, PDF), Chinese and English, by the glossary."""

from typing import Any, Literal

from app.core.ctx import Ctx
from app.services import dict as dictionary

Language = Literal["zh-CN", "en-US"]
WORDS: dict[str, tuple[str, str]] = {
    "activity": ("团队活动", "Team activity"),
    "amount": ("金额", "Amount"),
    "as_of": ("截至", "As of"),
    "assignees": ("按负责人", "By assignee"),
    "composition": ("客户构成分析", "Composition analysis"),
    "contribution": ("客户贡献分析", "Contribution analysis"),
    "conversion": ("转化率", "Conversion"),
    "count": ("数量", "Count"),
    "credit": ("信用度", "Credit rating"),
    "customers": ("客户", "Customers"),
    "days": ("平均停留天数", "Mean days in stage"),
    "entered": ("进入数", "Entered"),
    "failed": ("终止原因", "Failed, by reason"),
    "failed_amount": ("终止金额", "Failed amount"),
    "failed_count": ("终止数", "Failed"),
    "goals": ("业绩目标", "Goals"),
    "industry": ("行业", "Industry"),
    "level": ("客户等级", "Level"),
    "loss": ("客户流失分析", "Loss analysis"),
    "lost": ("终止数", "Failed"),
    "lost_amount": ("终止金额", "Failed amount"),
    "mean": ("平均天数", "Mean days"),
    "median": ("中位天数", "Median days"),
    "none": ("未填写", "Not given"),
    "p90": ("90% 分位天数", "90th percentile, days"),
    "period": ("期间", "Period"),
    "pipeline": ("销售漏斗", "Pipeline"),
    "previous": ("上期", "Before"),
    "rate": ("赢单率", "Win rate"),
    "rate_by_value": ("赢单率(按金额)", "Win rate by value"),
    "reasons": ("成败原因", "Reasons"),
    "region": ("地区", "Region"),
    "satisfaction": ("满意度", "Satisfaction"),
    "service": ("客户服务分析", "Service analysis"),
    "share": ("占比", "Share"),
    "size": ("公司规模", "Company size"),
    "sources": ("按来源", "By source"),
    "stages": ("按阶段", "By stage"),
    "succeeded": ("成功原因", "Succeeded, by reason"),
    "succeeded_amount": ("成交金额", "Won value"),
    "succeeded_count": ("成功数", "Succeeded"),
    "time-to-close": ("成交周期", "Time to close"),
    "total": ("合计", "Total"),
    "unassigned": ("未指派", "Unassigned"),
    "unpriced": ("未填金额数", "Without amount"),
    "weighted": ("加权金额", "Weighted amount"),
    "win-rate": ("赢单率", "Win rate"),
    "won": ("成功数", "Succeeded"),
    "won_value": ("成交金额", "Won value"),
}
DICTIONARIES = {
    "kind": "contact_kind", "industry": "industry", "level": "level", "region": "region", "size": "size",
    "source": "source", "fail_reason": "fail_reason", "win_reason": "success_reason", "loss_reason": "loss_reason",
    "service_type": "service_type",
}  # fmt: skip


def word(key: str, language: Language) -> str:
    """Return the word for a key, the key itself where it is a name already."""
    found = WORDS.get(key)
    return key if found is None else found[language == "en-US"]


async def labels(ctx: Ctx, language: Language) -> dict[tuple[str, str], str]:
    """Return the dictionary's words by (dimension, item)."""
    kinds = {kind["type"]: kind["items"] for kind in await dictionary.types(ctx)}
    return {
        (dimension, item.item): (item.value_en or item.value) if language == "en-US" else item.value
        for dimension, kind in DICTIONARIES.items()
        for item in kinds.get(kind, [])
    }


def row_name(row: dict[str, Any], dimension: str, known: dict[tuple[str, str], str], language: Language) -> str:
    """Return how a row of a table is called."""
    if row["key"] in ("none", "total"):
        return word(row["key"], language)
    return row["name"] or known.get((dimension, row["key"])) or word(row["key"], language)
