"""Rows of every noun that can be imported, and rows that change them: what taking a run back is tried on."""

from typing import Any
from uuid import uuid4

RUN = str(uuid4())
DAY = "2020-05-01"
ROWS: dict[str, list[dict[str, Any]]] = {
    "dict": [{"type": "region", "item": "q9", "value": "南"}],
    "departments": [
        {"external_id": "d1", "name": "华南"},
        {"external_id": "d2", "name": "深圳", "parent_external_id": "d1"},
    ],
    "users": [
        {"external_id": "u1", "user_name": "nora", "name": "Nora", "roles": ["manager"], "department_external_id": "d2"}
    ],
    "product-categories": [
        {"external_id": "k1", "name": "硬件"},
        {"external_id": "k2", "name": "阀门", "parent_external_id": "k1"},
    ],
    "products": [{"external_id": "p1", "name": "球阀", "price": "10", "category_external_id": "k2"}],
    "competitors": [{"external_id": "r1", "name": "同行科技", "code": "tonghang", "website": "www.example.com"}],
    "customers": [
        {"external_id": "c1", "name": "南方集团", "manager_external_id": "u1"},
        {"external_id": "c2", "name": "南方贸易", "manager_external_id": "u1", "parent_external_id": "c1"},
    ],
    "linkmen": [
        {"external_id": "l1", "name": "王芳", "customer_external_id": "c1"},
        {"external_id": "l2", "name": "李四", "customer_external_id": "c1", "superior_external_id": "l1"},
    ],
    "chances": [
        {"external_id": "h1", "title": "一批球阀", "customer_external_id": "c1", "assignee_external_id": "u1",
         "importance": "mid", "opened_at": DAY, "status": "succeeded", "closed_on": "2020-06-01", "close_value": "20"},
        {"external_id": "h2", "title": "二批", "customer_external_id": "c1", "assignee_external_id": "u1",
         "importance": "mid", "opened_at": DAY, "status": "assigned"},
    ],
    "activities": [{"external_id": "a1", "title": "拜访", "customer_external_id": "c1", "at": DAY, "kind": "visit"}],
    "orders": [
        {"external_id": "o1", "customer_external_id": "c1", "chance_external_id": "h1", "date": DAY,
         "status": "completed", "lines": [{"product_external_id": "p1", "count": 3}],
         "payments": [{"date": "2020-06-01", "amount": "20"}]},
        {"external_id": "o2", "customer_external_id": "c2", "date": DAY, "status": "draft",
         "lines": [{"product_external_id": "p1", "count": 1}]},
        {"external_id": "o3", "customer_external_id": "c2", "date": DAY, "status": "confirmed",
         "lines": [{"product_external_id": "p1", "count": 4}]},
    ],
    "storage": [{"product_external_id": "p1", "warehouse": "main", "bin": "A-1", "count": 9}],
    "shipments": [
        {"external_id": "f1", "order_external_id": "o3", "date": "2020-05-03", "creator_external_id": "u1",
         "lines": [{"line": 0, "count": 1}]},
        {"external_id": "f2", "order_external_id": "o1", "date": "2020-05-03"},
    ],
    "assets": [{"external_id": "e1", "customer_external_id": "c1", "product_external_id": "p1", "serial_number": "S-1"}],
    "plans": [
        {"external_id": "t1", "chance_external_id": "h1", "date": "2020-05-03", "todo": "电话", "result": "约好",
         "creator_external_id": "u1", "opened_at": DAY},
        {"external_id": "t2", "chance_external_id": "h2", "date": "2999-05-03", "todo": "签约"},
    ],
    "services": [
        {"external_id": "s1", "title": "漏水", "request": "换", "type": "request", "customer_external_id": "c1",
         "product_external_id": "p1", "opened_at": DAY, "assignee_external_id": "u1",
         "rounds": [{"deal": "修了", "dealt_at": "2020-05-02", "result": "还漏", "satisfaction": 2}]},
        {"external_id": "s2", "title": "又漏", "request": "同前", "origin_external_id": "s1", "opened_at": "2020-06-01"},
    ],
    "losses": [
        {"external_id": "v1", "customer_external_id": "c1", "manager_external_id": "u1", "found_at": "2021-03-01",
         "measures": [{"text": "打折", "review_date": "2999-05-01", "at": "2021-04-02"}]},
        {"external_id": "v2", "customer_external_id": "c2", "found_at": "2021-03-01", "reason": "price",
         "lost_date": "2021-05-10"},
    ],
}  # fmt: skip
UPDATES: dict[str, list[dict[str, Any]]] = {
    "dict": [{"type": "region", "item": "q9", "value": "北"}],
    "activities": [{"external_id": "a1", "title": "回访", "at": "2020-05-02"}],
    "departments": [{"external_id": "d2", "name": "珠海", "parent_external_id": None, "leader_external_id": "u1"}],
    "users": [
        {"external_id": "u1", "user_name": "nora.w", "name": "Nora W", "roles": ["supervisor"], "email": "n@example.com"}
    ],
    "product-categories": [{"external_id": "k2", "name": "管件", "parent_external_id": None, "enabled": False}],
    "products": [{"external_id": "p1", "name": "蝶阀", "price": "12", "code": "DF-1", "category_external_id": None}],
    "competitors": [{"external_id": "r1", "name": "同行集团", "name_en": "Tonghang", "strategy": "低价"}],
    "customers": [{"external_id": "c2", "name": "北方贸易", "tel": "010-5550 1234", "region": "east", "memo": "x",
                   "parent_external_id": None}],
    "linkmen": [{"external_id": "l2", "name": "李五", "customer_external_id": "c1", "is_primary": True,
                 "superior_external_id": None}],
    "chances": [{"external_id": "h1", "title": "一批球阀", "importance": "mid", "customer_external_id": "c1",
                 "assignee_external_id": "u1", "status": "assigned"}],
    "orders": [{"external_id": "o2", "customer_external_id": "c2", "date": DAY, "status": "confirmed",
                "lines": [{"product_external_id": "p1", "count": 2, "price": "9"}],
                "payments": [{"date": "2020-07-01", "amount": "5"}]},
               {"external_id": "o1", "customer_external_id": "c1",
                "payments": [{"date": "2020-06-01", "amount": "20"}, {"date": "2020-08-01", "amount": "3"}]}],
    "storage": [{"product_external_id": "p1", "warehouse": "main", "bin": "A-1", "count": 6}],
    "shipments": [{"external_id": "f3", "order_external_id": "o3", "date": "2020-05-04"}],
    "assets": [{"external_id": "e1", "serial_number": "S-2", "delivered_on": DAY, "place": "一号楼"}],
    "plans": [{"external_id": "t1", "date": "2020-05-03", "todo": "电话", "result": "约好了"},
              {"external_id": "t2", "date": "2998-05-03", "todo": "签合同", "kind": "phone", "result": "签了"}],
    "services": [{"external_id": "s1", "title": "漏水了", "request": "换", "rounds": [
                    {"deal": "修了", "dealt_at": "2020-05-02", "result": "还漏", "satisfaction": 2},
                    {"deal": "换了", "dealt_at": "2020-05-05", "result": "好了", "satisfaction": 5}]},
                 {"external_id": "s2", "title": "又漏", "request": "同前", "assignee_external_id": "u1", "priority": "high"}],
    "losses": [{"external_id": "v1", "customer_external_id": "c1", "recovered_at": "2022-01-05",
                "measures": [{"text": "打折", "review_date": "2999-05-01"},
                             {"text": "上门", "review_date": "2999-06-01", "at": "2021-05-02"}]},
               {"external_id": "v2", "customer_external_id": "c2", "returned_at": "2022-01-05"}],
}  # fmt: skip
WHOLE = {"linkmen": 2}
"""The primary contact before counts too."""
AGAIN = {"shipments": ("orders", "created")}
"""Nothing of a shipment changes: another one changes its order."""
APART = {"users": "sys_user", "storage": "storage_ledger"}
"""Of a person the token's version went on; the ledger of a place tells both ways."""
