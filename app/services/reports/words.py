"""The words of reports for what leaves the browser (sheets, PDF), Chinese and English, by the glossary."""

from typing import Any, Literal

from app.core.ctx import Ctx
from app.services.base import dict as dictionary

Language = Literal["zh-CN", "en-US"]
WORDS: dict[str, tuple[str, str]] = {
    "activities": ("交往记录", "Activities"),
    "activity": ("团队活动", "Team activity"),
    "actual": ("实际", "Actual"),
    "amount": ("金额", "Amount"),
    "archived": ("已归档", "Archived"),
    "as_of": ("截至", "As of"),
    "now": ("（当前）", " (now)"),
    "assign_hours": ("平均分配时长(小时)", "Mean hours to assign"),
    "assigned": ("已分配", "Assigned"),
    "assignees": ("按负责人", "By assignee"),
    "attainment": ("完成率", "Attainment"),
    "author": ("编制人", "Author"),
    "average": ("平均订单额", "Average order"),
    "categories": ("按服务分类", "By category"),
    "closing_stages": ("按结案时阶段", "By stage at closing"),
    "comment": ("意见", "Comment"),
    "competitors": ("按竞争对手", "By competitor"),
    "composition": ("客户构成分析", "Composition analysis"),
    "contribution": ("客户贡献分析", "Contribution analysis"),
    "conversion": ("转化率", "Conversion"),
    "count": ("数量", "Count"),
    "created": ("新创建", "Created"),
    "credit": ("信用度", "Credit rating"),
    "cumulative": ("累计占比", "Cumulative share"),
    "customers": ("客户", "Customers"),
    "days": ("平均停留天数", "Mean days in stage"),
    "deal_hours": ("平均处理时长(小时)", "Mean hours to deal"),
    "dealt": ("已处理", "Dealt"),
    "delayed": ("暂缓流失", "Delayed"),
    "department": ("部门", "Department"),
    "done": ("已执行", "Done"),
    "draft": ("草稿", "Draft"),
    "due": ("到期", "Due"),
    "entered": ("进入数", "Entered"),
    "failed": ("终止原因", "Failed, by reason"),
    "failed_amount": ("终止金额", "Failed amount"),
    "failed_count": ("终止数", "Failed"),
    "figure": ("指标", "Figure"),
    "goal": ("目标", "Goal"),
    "goals": ("业绩目标", "Goals"),
    "hidden": ("(范围外)", "(outside your scope)"),
    "industry": ("行业", "Industry"),
    "issued_at": ("发布时间", "Issued at"),
    "level": ("客户等级", "Level"),
    "loss": ("客户流失分析", "Loss analysis"),
    "loss_rate": ("流失率", "Loss rate"),
    "loss_reasons": ("流失原因", "Loss reason"),
    "lost": ("终止数", "Failed"),
    "lost_amount": ("终止金额", "Failed amount"),
    "lost_customers": ("流失客户数", "Customers lost"),
    "managers": ("按客户经理", "By account manager"),
    "mean": ("平均天数", "Mean days"),
    "median": ("中位天数", "Median days"),
    "month": ("月份", "Month"),
    "months": ("按月", "By month"),
    "new_customers": ("新增客户数", "New customers"),
    "new_customers_attainment": ("新增客户完成率", "New customers, attainment"),
    "new_customers_departments": ("新增客户 · 部门", "New customers by department"),
    "new_customers_months": ("新增客户 · 按月", "New customers by month"),
    "new_customers_people": ("新增客户 · 人员", "New customers by person"),
    "none": ("未填写", "Not given"),
    "once": ("一次解决数", "Solved at once"),
    "once_rate": ("一次解决率", "Solved at once, rate"),
    "orders": ("订单数", "Orders"),
    "overdue": ("超时数", "Overdue"),
    "p90": ("90% 分位天数", "90th percentile, days"),
    "paid": ("已回款", "Paid"),
    "paid_amount": ("回款金额", "Payments"),
    "paid_amount_attainment": ("回款完成率", "Payments, attainment"),
    "paid_amount_departments": ("回款 · 部门", "Payments by department"),
    "paid_amount_months": ("回款 · 按月", "Payments by month"),
    "paid_amount_people": ("回款 · 人员", "Payments by person"),
    "period": ("期间", "Period"),
    "periodic": ("客户管理报告", "Customer report"),
    "pipeline": ("销售漏斗", "Pipeline"),
    "plans": ("计划执行", "Plan items"),
    "potential": ("潜在金额", "Potential"),
    "previous": ("上期", "Before"),
    "products": ("按产品", "By product"),
    "quality": ("服务质量", "Quality"),
    "rate": ("比率", "Rate"),
    "rate_by_value": ("赢单率(按金额)", "Win rate by value"),
    "rated": ("评价数", "Rated"),
    "reasons": ("成败原因", "Reasons"),
    "recovered": ("已挽回", "Recovered"),
    "recovery_rate": ("挽回率", "Recovery rate"),
    "region": ("地区", "Region"),
    "repeats": ("相同服务次数", "Repeated services"),
    "replaces": ("替代", "Replaces"),
    "returned": ("回流", "Returned"),
    "review_overdue": ("复查超期", "Review overdue"),
    "satisfaction": ("满意度", "Satisfaction"),
    "service": ("客户服务分析", "Service analysis"),
    "share": ("占比", "Share"),
    "size": ("公司规模", "Company size"),
    "sources": ("按来源", "By source"),
    "stages": ("按阶段", "By stage"),
    "states": ("预警现状", "Entries"),
    "succeeded": ("成功原因", "Succeeded, by reason"),
    "succeeded_amount": ("成交金额", "Won value"),
    "succeeded_count": ("成功数", "Succeeded"),
    "time-to-close": ("成交周期", "Time to close"),
    "total": ("合计", "Total"),
    "types": ("按类型", "By type"),
    "unassigned": ("未指派", "Unassigned"),
    "unpaid": ("未回款", "Unpaid"),
    "unpriced": ("未填金额数", "Without amount"),
    "value": ("数值", "Value"),
    "value_lost": ("流失金额", "Value lost"),
    "warned": ("流失预警", "Warned"),
    "weighted": ("加权金额", "Weighted amount"),
    "win-rate": ("赢单率", "Win rate"),
    "won": ("成功数", "Succeeded"),
    "won_amount": ("成交金额", "Won value"),
    "won_amount_attainment": ("成交完成率", "Won value, attainment"),
    "won_amount_departments": ("成交 · 部门", "Won value by department"),
    "won_amount_months": ("成交 · 按月", "Won value by month"),
    "won_amount_people": ("成交 · 人员", "Won value by person"),
    "won_value": ("成交金额", "Won value"),
    "writers": ("按记录人", "By writer"),
}
DICTIONARIES = {
    "kind": "contact_kind", "industry": "industry", "level": "level", "region": "region", "size": "size",
    "source": "source", "fail_reason": "fail_reason", "win_reason": "success_reason", "loss_reason": "loss_reason",
    "service_type": "service_type", "service_category": "service_category",
}  # fmt: skip


def word(key: str, language: Language) -> str:
    """Return the word for a key, the key itself where it is a name already."""
    found = WORDS.get(key)
    return key if found is None else found[language == "en-US"]


def of_now(one: dict[str, Any], name: str, language: Language) -> str:
    """Return the name of a figure, column or row: one of this moment says so, beside those of a period."""
    return name + word("now", language) if one["now"] else name


async def labels(ctx: Ctx, language: Language) -> dict[tuple[str, str], str]:
    """Return the dictionary's words by (dimension, item)."""
    kinds = {kind["type"]: kind["items"] for kind in await dictionary.types(ctx)}
    return {
        (dimension, item.item): (item.value_en or item.value) if language == "en-US" else item.value
        for dimension, kind in DICTIONARIES.items()
        for item in kinds.get(kind, [])
    }


def column_name(
    column: dict[str, Any], series: str | None, known: dict[tuple[str, str], str], language: Language
) -> str:
    """Return how a column of a table is called: in a cross table by the item that it stands for."""
    item = known.get((series, column["key"].removeprefix("~"))) if series else None
    return of_now(column, item or word(column["key"], language), language)


def row_name(row: dict[str, Any], dimension: str, known: dict[tuple[str, str], str], language: Language) -> str:
    """Return how a row of a table is called."""
    return of_now(row, _row_name(row, dimension, known, language), language)


def _row_name(row: dict[str, Any], dimension: str, known: dict[tuple[str, str], str], language: Language) -> str:
    if row["key"] in ("none", "total"):
        return word(row["key"], language)
    if dimension == "customer" and not row["name"]:
        return word("hidden", language)
    value = row["key"].removeprefix("~")
    return row["name"] or known.get((dimension, value)) or (word(value, language) if value == row["key"] else value)
