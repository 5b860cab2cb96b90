"""The four roles with their rights, the dictionary, the default sales process and the settings.

Revision ID: 0002
Revises: 0001
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROLES = [
    ("admin", "系统管理员", "Administrator", "all"),
    ("supervisor", "销售主管", "Sales supervisor", "department_tree"),
    ("manager", "客户经理", "Account manager", "own"),
    ("executive", "高管", "Executive", "all"),
]
EVERYONE = "people:read settings:public products:read storage:read dict:read departments:read"
READS = "chances:read plans:read customers:read linkmen:read activities:read orders:read losses:read services:read goals:read"
SELLS = (
    "chances:create chances:update chances:delete plans:write plans:execute chances:close customers:create "
    "customers:update linkmen:write activities:write orders:write losses:delay losses:confirm"
)
RIGHTS = {
    "admin": f"{EVERYONE} products:write storage:write dict:write processes:write settings:write users:write users:read "
    "rbac:read rbac:write departments:write audit:read health:read losses:detect recycle:purge imports:write",
    "supervisor": f"{EVERYONE} {READS} {SELLS} chances:assign chances:reopen customers:delete customers:restore "
    "customers:transfer losses:revoke services:assign services:void reports:read reports:export reports:issue goals:write",
    "manager": f"{EVERYONE} {READS} {SELLS} services:create services:deal services:feedback",
    "executive": f"{EVERYONE} {READS} reports:read reports:export",
}
MODULES = {
    "activities": "交往记录", "audit": "日志", "chances": "销售机会", "customers": "客户", "departments": "部门",
    "dict": "数据字典", "goals": "业绩目标", "health": "运行状态", "imports": "导入", "linkmen": "联系人",
    "losses": "客户流失", "orders": "订单", "people": "人员", "plans": "客户开发计划", "processes": "销售流程",
    "products": "产品", "rbac": "角色权限", "recycle": "回收站", "reports": "统计报表", "services": "客户服务",
    "settings": "设置", "storage": "库存", "users": "用户",
}  # fmt: skip
ACTIONS = {
    "assign": "指派", "close": "结案", "confirm": "确定流失", "create": "新建", "deal": "处理", "delay": "暂缓流失",
    "delete": "删除", "detect": "检测", "execute": "执行", "export": "导出", "feedback": "反馈", "issue": "提交",
    "public": "读取公开设置", "purge": "彻底删除", "read": "查看", "reopen": "重新打开", "restore": "恢复",
    "revoke": "撤销", "transfer": "移交", "update": "编辑", "void": "作废", "write": "维护",
}  # fmt: skip
DICTIONARY = {
    "level": [
        ("strategic", "战略合作伙伴", "Strategic partner"), ("partner", "合作伙伴", "Partner"),
        ("major", "大客户", "Key account"), ("focus", "重点开发客户", "Focus account"),
        ("regular", "普通客户", "Regular customer"),
    ],
    "service_type": [
        ("inquiry", "咨询", "Inquiry"), ("complaint", "投诉", "Complaint"), ("suggestion", "建议", "Suggestion"),
        ("request", "服务请求", "Service request"),
    ],
    "source": [
        ("referral", "客户介绍", "Referral"), ("exhibition", "展会", "Exhibition"), ("website", "官网", "Website"),
        ("phone", "电话", "Phone"), ("existing", "老客户", "Existing customer"), ("advertising", "广告", "Advertising"),
        ("presales", "售前咨询", "Pre-sales inquiry"),
    ],
    "region": [
        ("north", "华北", "North China"), ("northeast", "东北", "Northeast China"), ("east", "华东", "East China"),
        ("central", "华中", "Central China"), ("south", "华南", "South China"), ("southwest", "西南", "Southwest China"),
        ("northwest", "西北", "Northwest China"), ("overseas", "海外", "Overseas"),
    ],
    "industry": [
        ("manufacturing", "制造业", "Manufacturing"), ("software", "软件和信息技术", "Software and IT"),
        ("finance", "金融", "Finance"), ("retail", "零售", "Retail"), ("medical", "医疗", "Medical"),
        ("education", "教育", "Education"), ("construction", "建筑房地产", "Construction and property"),
        ("logistics", "物流运输", "Logistics"), ("energy", "能源", "Energy"), ("services", "服务业", "Services"),
    ],
    "size": [
        ("micro", "20人以下", "Under 20"), ("small", "20–99人", "20–99"), ("medium", "100–499人", "100–499"),
        ("large", "500–1999人", "500–1,999"), ("giant", "2000人以上", "2,000 and more"),
    ],
    "contact_kind": [
        ("visit", "拜访", "Visit"), ("phone", "电话", "Phone"), ("email", "邮件", "E-mail"), ("meeting", "会议", "Meeting"),
        ("wechat", "微信", "WeChat"),
    ],
    "purpose": [
        ("presales", "售前咨询", "Pre-sales inquiry"), ("follow_up", "销售跟进", "Sales follow-up"),
        ("complaint", "客户投诉", "Complaint"), ("aftersales", "售后回访", "After-sales visit"),
    ],
    "loss_reason": [
        ("price", "价格过高", "Price too high"), ("competitor", "转向竞争对手", "Went to a competitor"),
        ("service", "服务不满意", "Unhappy with service"), ("quality", "产品质量问题", "Product quality"),
        ("closed", "客户停业或搬迁", "Closed or moved"), ("no_demand", "不再需要", "No more demand"),
        ("unstated", "未说明", "Not stated"),
    ],
    "success_reason": [
        ("price", "价格有优势", "Better price"), ("product", "产品适合", "Product fits"), ("service", "服务好", "Good service"),
        ("relationship", "客户关系", "Relationship"), ("brand", "品牌信誉", "Brand"), ("unstated", "未说明", "Not stated"),
    ],
    "fail_reason": [
        ("price", "价格过高", "Price too high"), ("competitor", "输给竞争对手", "Lost to a competitor"),
        ("budget", "预算取消", "Budget cancelled"), ("no_demand", "需求消失", "No more demand"),
        ("no_contact", "联系不上", "Cannot be reached"), ("mismatch", "产品不适合", "Product does not fit"),
        ("unstated", "未说明", "Not stated"),
    ],
    "service_channel": [
        ("phone", "电话", "Phone"), ("email", "邮件", "E-mail"), ("wechat", "微信", "WeChat"), ("visit", "现场", "On site"),
        ("website", "官网", "Website"),
    ],
    "payment_method": [
        ("transfer", "银行转账", "Bank transfer"), ("cheque", "支票", "Cheque"), ("cash", "现金", "Cash"),
        ("draft", "承兑汇票", "Bank draft"), ("online", "线上支付", "Online payment"),
    ],
    "warehouse": [("main", "总仓", "Main warehouse")],
}  # fmt: skip
STAGES = [
    ("初步接触", "First contact", 10, 14), ("需求确认", "Needs confirmed", 30, 21), ("方案报价", "Proposal", 50, 21),
    ("商务谈判", "Negotiation", 70, 14), ("签约在即", "Closing", 90, 10),
]  # fmt: skip
SETTINGS = {
    "company.name": "客智",
    "company.timezone": "Asia/Shanghai",
    "company.currency": "CNY",
    "company.language": "zh-CN",
    "lost.days": 180,
    "demo.enabled": False,
}


def _insert(table: str, **values: object) -> None:
    columns = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    op.execute(sa.text(f"insert into {table} ({columns}) values ({marks})").bindparams(**values))


def upgrade() -> None:
    """Insert what a new installation starts with."""
    codes = sorted({code for held in RIGHTS.values() for code in held.split()})
    for module, text in MODULES.items():
        _insert("sys_right", right_code=module, right_type="menu", right_text=text)
    for code in codes:
        module, action = code.split(":")
        text = f"{MODULES[module]}:{ACTIONS[action]}"
        _insert("sys_right", right_code=code, right_parent_code=module, right_type="action", right_text=text)
    for code, name, english, scope in ROLES:
        _insert(
            "sys_role", role_code=code, role_name=name, role_desc=english, role_flag="builtin", role_data_scope=scope
        )
        for right in RIGHTS[code].split():
            op.execute(
                sa.text(
                    "insert into sys_role_right (rf_role_id, rf_right_code) "
                    "select role_id, :right from sys_role where role_code = :code"
                ).bindparams(right=right, code=code)
            )
    for kind, items in DICTIONARY.items():
        for place, (item, value, english) in enumerate(items):
            _insert(
                "bas_dict",
                dict_type=kind,
                dict_item=item,
                dict_value=value,
                dict_value_en=english,
                dict_sort=place * 10,
                dict_is_editable=kind != "service_type" and item != "unstated",
            )
    op.execute(
        "insert into sal_process (prc_name, prc_name_en, prc_is_default) values ('标准销售流程', 'Standard process', true)"
    )
    for place, (name, english, rate, days) in enumerate(STAGES):
        op.execute(
            sa.text(
                "insert into sal_stage (stg_process_id, stg_name, stg_name_en, stg_sort, stg_rate, stg_expected_days) "
                "select prc_id, :name, :english, :place, :rate, :days from sal_process"
            ).bindparams(name=name, english=english, place=place, rate=rate, days=days)
        )
    for name, value in SETTINGS.items():
        op.execute(
            sa.text("insert into sys_setting (set_name, set_value) values (:name, cast(:value as jsonb))").bindparams(
                name=name, value=json.dumps(value, ensure_ascii=False)
            )
        )


def downgrade() -> None:
    """Take the seeds out again."""
    tables = "sys_role_right, sys_role, sys_right, bas_dict, sal_stage, sal_process, sys_setting"
    op.execute(f"truncate {tables} cascade")
