"""Roles and rights as an administrator edits them: English words, tips, an order; and more personal facts of contacts.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MODULES = {
    "chances": "Chances", "plans": "Development plans", "customers": "Customers", "linkmen": "Contacts",
    "activities": "Activities", "orders": "Orders", "losses": "Churn", "services": "Services", "reports": "Reports",
    "goals": "Goals", "dict": "Dictionary", "products": "Products", "storage": "Stock", "processes": "Sales processes",
    "users": "Users", "people": "Names of people", "departments": "Departments", "rbac": "Roles and rights",
    "audit": "Log", "settings": "Settings", "imports": "Imports", "recycle": "Recycle bin", "health": "System health",
}  # fmt: skip
"""In the order of the menu."""
ACTIONS = {
    "public": "read public ones", "read": "read", "create": "create", "write": "maintain", "update": "update",
    "delete": "delete", "restore": "restore", "assign": "assign", "transfer": "transfer", "execute": "execute",
    "close": "close", "reopen": "reopen", "deal": "deal", "feedback": "feedback", "void": "void", "detect": "detect",
    "delay": "delay", "confirm": "confirm loss", "revoke": "revoke", "export": "export", "issue": "issue", "purge": "purge",
    "finance": "financial facts", "personal": "personal facts", "cost": "cost",
}  # fmt: skip
"""In the order in which a person reads them; what is not named here comes last, under its own code."""
TIPS = {
    "customers:finance": (
        "注册资金、年营业额、开户行和账号、税号、信用额度、账期；没有这项权限，这些字段显示为空（订单的到期日仍按账期推算）。",
        "Capital, turnover, bank, tax numbers, credit limit, payment days; without it these fields are empty (orders still get their due date by the payment days).",
    ),
    "linkmen:personal": (
        "生日、纪念日、教育、工作经历、爱好、家庭和背景：查看、填写，以及按本人要求清除。",
        "Birthday, anniversary, education, career, hobbies, family, background: seen, written, erased on request.",
    ),
    "products:cost": (
        "成本和毛利；没有这项权限，这些字段显示为空。",
        "Cost and margin; without it these fields are empty.",
    ),
    "people:read": (
        "选择人员时看到姓名和部门；没有它，指派和移交都选不到人。",
        "Names and departments in pickers; without it nobody can be chosen.",
    ),
    "settings:public": (
        "公司名称、时区、销售流程等每个页面都要用到的设置。",
        "What every page needs: company name, time zone, sales processes.",
    ),
    "customers:transfer": (
        "把客户连同未结束的机会和服务交给另一位客户经理。",
        "Gives a customer, with its open chances and services, to another manager.",
    ),
    "imports:write": (
        "批量写入，可以指定创建人、负责人、状态和日期；需要数据范围“全部”。",
        "Writes in batches and may set creator, assignee, status and dates; needs the data scope “all”.",
    ),
    "recycle:purge": (
        "彻底删除后无法恢复。",
        "What is purged cannot be brought back.",
    ),
    "audit:read": (
        "查看所有人的变更记录。",
        "Reads what everybody changed.",
    ),
    "users:write": (
        "新建、停用用户，分配角色，生成登录链接。",
        "Creates and disables users, gives roles, makes log-in links.",
    ),
    "rbac:write": (
        "修改角色的权限，也就可以给自己任何权限；至少要有一位启用的用户同时拥有这项权限和用户维护。",
        "Edits what roles may do, and so can grant themselves anything; one active person always holds it, and users:write.",
    ),
}
BUILT_IN = {
    "admin": "Administrator", "supervisor": "Sales supervisor", "manager": "Account manager", "executive": "Executive",
}  # fmt: skip
"""The English names stood in the place of descriptions; the screens have them in their own words."""
FACTS = {"lkm_education": sa.Text(), "lkm_career": sa.Text(), "lkm_anniversary": sa.Date()}
STEP = 10


def upgrade() -> None:
    """Add the columns and fill them; a role's flag tells whether it is in force, its code whether it is built in."""
    op.add_column("sys_right", sa.Column("right_text_en", sa.Text(), nullable=True))
    op.add_column("sys_right", sa.Column("right_tip_en", sa.Text(), nullable=True))
    op.add_column("sys_right", sa.Column("right_sort", sa.Integer(), server_default="500", nullable=False))
    for place, (module, english) in enumerate(MODULES.items(), 1):
        _say(
            "update sys_right set right_text_en = :english, right_sort = :place where right_code = :module",
            module=module, english=english, place=place * STEP,
        )  # fmt: skip
    op.execute(
        "update sys_right as held set right_text_en = above.right_text_en || ':' || split_part(held.right_code, ':', 2) "
        "from sys_right as above where above.right_code = held.right_parent_code"
    )
    for place, (action, english) in enumerate(ACTIONS.items(), 1):
        _say(
            "update sys_right as held set right_sort = :place, right_text_en = above.right_text_en || ':' || :english "
            "from sys_right as above "
            "where above.right_code = held.right_parent_code and split_part(held.right_code, ':', 2) = :action",
            action=action, english=english, place=place * STEP,
        )  # fmt: skip
    for code, (tip, english) in TIPS.items():
        _say(
            "update sys_right set right_tip = :tip, right_tip_en = :english where right_code = :code",
            code=code, tip=tip, english=english,
        )  # fmt: skip
    op.execute("update sys_role set role_flag = 'active' where role_flag = 'builtin'")
    for code, english in BUILT_IN.items():
        _say(
            "update sys_role set role_desc = null where role_code = :code and role_desc = :english",
            code=code, english=english,
        )  # fmt: skip
    op.create_check_constraint(op.f("ck_sys_role_role_flag"), "sys_role", "role_flag in ('active', 'disabled')")
    op.create_check_constraint(
        op.f("ck_sys_role_role_data_scope"),
        "sys_role",
        "role_data_scope in ('own', 'department', 'department_tree', 'all')",
    )
    op.create_unique_constraint(op.f("uq_sys_role_role_name"), "sys_role", ["role_name"])
    for name, kind in FACTS.items():
        op.add_column("cst_linkman", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take the columns away again, with what was written in them."""
    for name in FACTS:
        op.drop_column("cst_linkman", name)
    op.drop_constraint(op.f("uq_sys_role_role_name"), "sys_role")
    op.drop_constraint(op.f("ck_sys_role_role_data_scope"), "sys_role")
    op.drop_constraint(op.f("ck_sys_role_role_flag"), "sys_role")
    for code, english in BUILT_IN.items():
        _say(
            "update sys_role set role_flag = 'builtin', role_desc = coalesce(role_desc, :english) where role_code = :code",
            code=code, english=english,
        )  # fmt: skip
    for name in ("right_sort", "right_tip_en", "right_text_en"):
        op.drop_column("sys_right", name)
    op.execute("update sys_right set right_tip = null")


def _say(statement: str, **values: object) -> None:
    op.execute(sa.text(statement).bindparams(**values))
