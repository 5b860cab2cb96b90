"""The demo company's services: three years of inquiries, complaints, suggestions and requests in every state."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app.demo.company.calendar import ASSIGNING, CLOSING, MOVING, OPENING, TALKING, Calendar, likely, stream
from app.demo.company.customers import EMPTY, Company, Row
from app.demo.company.sales import Team

STATES = {"archived": 212, "void": 10, "created": 22, "assigned": 36, "dealt": 20}
"""300 in all."""
LINKED = 14
"""Inquiries that became a chance, on top of those the states count."""
AGAIN, REOPENED = 0.25, 0.16
SETTLED = timedelta(days=40)
"""A customer has been one for so long before it asks for anything."""
KINDS = ("request", "inquiry", "complaint", "suggestion")
TITLES = {
    "request": ("申请上门调试", "系统账号无法登录", "申请增加培训", "设备需要校准", "申请更换配件", "年度巡检"),
    "inquiry": ("咨询升级报价", "咨询移动端功能", "咨询接口文档", "咨询扩容方案", "咨询续费政策"),
    "complaint": ("交付延期", "设备频繁掉线", "客服响应太慢", "发票信息有误", "报表数据不一致"),
    "suggestion": ("希望支持批量导出", "建议增加短信提醒", "建议优化手机页面", "希望增加英文界面"),
}
REQUESTS = (
    "客户来电说明情况，希望尽快处理。",
    "已影响日常使用，请安排工程师。",
    "客户希望本周内得到答复。",
    "见客户邮件附件说明。",
)
DEALS = ("电话指导客户完成设置", "远程排查并修复", "工程师上门更换配件", "发送说明并答疑", "协调研发处理后升级版本")
GOOD = ("问题已解决，客户满意", "客户确认可以正常使用", "答复清楚，客户认可", "客户表示感谢")
BAD = ("问题再次出现", "只解决了一部分", "客户认为处理太慢")
CAUSES, MEASURES = (
    ("安装配置有误", "物流延误", "版本缺陷", "沟通不及时"),
    ("更换设备", "补发货物", "升级版本", "当面致歉并给予补偿"),
)
VOIDS = ("重复登记", "客户撤回", "登记有误")
NOTES = ("客户比较着急，请优先。", "上次也是同样的问题。", "已和研发确认过。", "对方财务周五休息。")
CATEGORIES, CHANNELS = (
    ("usage", "fault", "delivery", "billing", "other"),
    ("phone", "email", "wechat", "visit", "website"),
)
BLANK: Row = dict.fromkeys(
    (
        "chance_id", "origin_id", "assignee_id", "assigned_at", "assigned_by", "first_assigned_at", "first_dealt_at",
        "satisfaction", "severity", "cause", "measure", "visit_by", "visit_at", "closed_at", "closed_by", "void_reason",
    )
)  # fmt: skip


@dataclass
class Help:
    """What was asked for and done, as rows by table."""

    services: list[Row] = field(default_factory=list)
    rounds: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)


class Desk:
    """Tells the services one by one, from streams of its own, so that nothing else of the company moves."""

    def __init__(self, seed: int, calendar: Calendar, team: Team, companies: list[Company]) -> None:
        self.calendar, self.team = calendar, team
        self.days, self.facts = stream(seed, "service days"), stream(seed, "service facts")
        longest = calendar.last - SETTLED
        self.companies = [company for company in companies if self._since(company) < longest]
        self.by_id = {company.row["id"]: company for company in self.companies}
        self.help = Help()

    def tell(self, ids: list[int], chances: list[Row]) -> Help:
        """Return everything: the linked inquiries first, then state by state."""
        coming = iter(ids)
        for chance in self._asked_about(chances):
            company, day = self.by_id[chance["customer_id"]], self._day(chance["opened_at"])
            opened = self.calendar.back(day - timedelta(days=1))
            service = self._service(next(coming), company, "inquiry", opened)
            self._archive(service, opened, opened)
            service["chance_id"], chance["source"] = chance["id"], "presales"
        for status, count in STATES.items():
            for place in range(count):
                self._one(next(coming), status, place)
        return self.help

    def _asked_about(self, chances: list[Row]) -> list[Row]:
        """Return some chances of customers that were there before, each of another customer."""
        found: dict[int, Row] = {}
        for chance in chances:
            company = self.by_id.get(chance["customer_id"])
            if company and self._since(company) + SETTLED < self._day(chance["opened_at"]):
                found.setdefault(company.row["id"], chance)
        return self.facts.sample(list(found.values()), min(LINKED, len(found)))

    def _one(self, row_id: int, status: str, place: int) -> None:
        rng = self.facts
        before = rng.choice(self.help.services) if likely(rng, AGAIN) else None
        company = self.by_id[before["customer_id"]] if before else self._company()
        kind = before["type"] if before else rng.choices(KINDS, (42, 28, 20, 10))[0]
        recent = self.calendar.back(self.calendar.today - timedelta(days=self.days.randint(1, 18)))
        past = self.calendar.pick(self.days, self._since(company) + timedelta(days=5))
        opened = past if status in {"archived", "void"} else recent
        service = self._service(row_id, company, kind, opened)
        if status == "archived":
            self._archive(service, opened, min(opened + timedelta(days=16), self.calendar.last))
            if before and before["closed_at"] and before["closed_at"] < service["opened_at"]:
                service["origin_id"] = before["id"]
            return
        late = place % 3 == 0
        service["deadline"] = self._evening(opened if late else self.calendar.ahead(self.days, 12))
        if status == "void":
            at = self.calendar.at(self.days, opened, CLOSING)
            boss = self.team.supervisor_of[company.manager]
            reason = rng.choice(VOIDS)
            service |= {"status": status, "closed_at": at, "closed_by": boss, "void_reason": reason, "updated_at": at}
        elif status != "created":
            self._assign(service, opened)
            service["status"] = status
            if status == "dealt":
                self._deal(service, 1, opened)
            elif place % 5 == 1:
                self._deal(service, 1, opened)
                self._feedback(service, opened, self.facts.choice((1, 2)))
                service["reopen_count"] = 1
        if likely(rng, EMPTY):
            self._note(service)

    def _company(self) -> Company:
        return self.facts.choices(self.companies, [company.weight for company in self.companies])[0]

    def _since(self, company: Company) -> date:
        return self._day(company.row["created_at"])

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.calendar.timezone).date()

    def _evening(self, day: date) -> datetime:
        return datetime.combine(day, time(18), self.calendar.timezone)

    def _service(self, row_id: int, company: Company, kind: str, day: date) -> Row:
        rng = self.facts
        at = self.calendar.at(self.days, day, OPENING)
        optional = {
            "category": rng.choice(CATEGORIES), "channel": rng.choice(CHANNELS),
            "linkman_id": company.linkmen[0]["id"], "product_id": rng.choice(self.team.products)[0],
            "deadline": self._evening(self.calendar.back(day) + timedelta(days=rng.randint(1, 9))),
        }  # fmt: skip
        facts = {name: None if likely(rng, EMPTY) else value for name, value in optional.items()}
        service: Row = BLANK | facts | {
            "id": row_id, "type": kind, "title": rng.choice(TITLES[kind]), "customer_id": company.row["id"],
            "status": "created", "priority": rng.choices(("high", "mid", "low"), (20, 60, 20))[0],
            "request": rng.choice(REQUESTS), "creator_id": company.manager, "created_by": company.manager,
            "opened_at": at, "created_at": at, "updated_at": at, "reopen_count": 0, "manager_id": company.manager,
        }  # fmt: skip
        if kind == "complaint":
            service |= {"severity": rng.choice(("high", "mid", "low")), "cause": rng.choice(CAUSES)}
        self.help.services.append(service)
        return service

    def _assign(self, service: Row, day: date) -> None:
        """Give it to the customer's manager mostly, else to a colleague of the department who is still here."""
        manager, bosses = service["manager_id"], self.team.supervisor_of
        others = [person for person, boss in bosses.items() if boss == bosses[manager] and person != self.team.gone]
        person = manager if likely(self.facts, 0.75) else self.facts.choice(others)
        at = self.calendar.at(self.days, day, ASSIGNING)
        service |= {"assignee_id": person, "assigned_at": at, "first_assigned_at": at, "assigned_by": bosses[manager]}
        service["updated_at"] = at

    def _archive(self, service: Row, opened: date, last: date) -> None:
        self._assign(service, opened)
        wanted = 2 if likely(self.facts, REOPENED) else 1
        days = self.calendar.between(self.days, opened, last, wanted) or [opened]
        for place, day in enumerate(days[:-1]):
            self._deal(service, place + 1, day)
            self._feedback(service, day, self.facts.choice((1, 2)))
        self._deal(service, len(days), days[-1])
        self._feedback(service, days[-1], self.facts.choices((3, 4, 5), (22, 43, 35))[0])
        at = self.help.rounds[-1]["feedback_at"]
        closing = {"closed_at": at, "closed_by": service["assignee_id"], "reopen_count": len(days) - 1}
        service |= {"status": "archived", **closing}

    def _deal(self, service: Row, n: int, day: date) -> None:
        at = self.calendar.at(self.days, day, TALKING)
        empty: dict[str, Any] = dict.fromkeys(("result", "satisfaction", "feedback_by", "feedback_at"))
        visit: dict[str, Any] = dict.fromkeys(("visit_by", "visit_at", "visit_note"))
        self.help.rounds.append(
            {"service_id": service["id"], "n": n, "deal": self.facts.choice(DEALS)}
            | {"dealt_by": service["assignee_id"], "dealt_at": at, **empty, **visit}
        )
        service["first_dealt_at"], service["updated_at"] = service["first_dealt_at"] or at, at

    def _feedback(self, service: Row, day: date, stars: int) -> None:
        """Complete the last round; a complaint is visited before."""
        going, who = self.help.rounds[-1], service["assignee_id"]
        if service["type"] == "complaint":
            visited = {"visit_by": who, "visit_at": self.calendar.at(self.days, day, MOVING)}
            going |= visited | {"visit_note": "电话回访"}
            service |= visited | {"measure": self.facts.choice(MEASURES)}
        at = self.calendar.at(self.days, day, CLOSING)
        result = self.facts.choice(GOOD if stars >= 3 else BAD)  # noqa: PLR2004  three stars and more are content
        going |= {"result": result, "satisfaction": stars, "feedback_by": who, "feedback_at": at}
        service["satisfaction"], service["updated_at"] = stars, at

    def _note(self, service: Row) -> None:
        by = service["assignee_id"] or service["creator_id"]
        note = {"service_id": service["id"], "text": self.facts.choice(NOTES), "by": by, "at": service["updated_at"]}
        self.help.notes.append(note)
