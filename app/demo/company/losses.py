"""The demo company's churn: who fell silent is warned, delayed or lost; who came back after a gap was recovered."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from app.demo.company.calendar import TALKING, Calendar, stream
from app.demo.company.customers import Company, Row
from app.demo.company.orders import Trade

THRESHOLD = 180
"""Days: the default of `lost.days`."""
NIGHT = time(2, 30)
ENDS = (("warning", 40), ("delayed", 25), ("lost", 35))
RECOVERED = 9
MEASURES = (
    "电话回访,了解近期用量", "上门拜访采购负责人", "寄送新品资料并报优惠价", "安排技术人员做一次免费巡检",
    "邀请参加客户日活动", "请主管一起拜访,谈年度框架",
)  # fmt: skip
REASONS = ("price", "competitor", "service", "quality", "closed", "no_demand", "unstated")
TENTH = Decimal("0.1")


class Watch:
    """Tells of churn from what was ordered, so that the nightly search finds nothing new on the first night."""

    def __init__(self, seed: int, calendar: Calendar, trade: Trade) -> None:
        self.calendar = calendar
        self.luck = stream(seed, "losses")
        self.losses: list[Row] = []
        self.measures: list[Row] = []
        self.dates: dict[int, list[date]] = {}
        for order in trade.orders:
            if order["status"] in {"confirmed", "completed"}:
                self.dates.setdefault(order["customer_id"], []).append(order["date"])

    def tell(self, companies: list[Company]) -> None:
        """Write the entries, oldest first, and give each customer its state."""
        today = self.calendar.today
        for company in companies:
            since = company.row["last_order_date"] or company.row["created_at"].date()
            if (today - since).days > THRESHOLD:
                self._silent(company, since)
        came_back = [(company, gap) for company in companies if (gap := self._gap(company))]
        for company, (before, after) in came_back[:RECOVERED]:
            entry = self._entry(company, before, before + timedelta(days=THRESHOLD + 1), "recovered")
            entry["closed_at"] = entry["updated_at"] = self.calendar.at(self.luck, after, TALKING)
        self.losses.sort(key=lambda row: (row["found_at"], row["customer_id"]))

    def _gap(self, company: Company) -> tuple[date, date] | None:
        """Return a silence beyond the threshold that an order ended."""
        days = sorted(self.dates.get(company.row["id"], []))
        return next((pair for pair in pairwise(days) if (pair[1] - pair[0]).days > THRESHOLD + 1), None)

    def _silent(self, company: Company, since: date) -> None:
        today = self.calendar.today
        end = self.luck.choices([name for name, _ in ENDS], [weight for _, weight in ENDS])[0]
        found = min(since + timedelta(days=THRESHOLD + 1), today)
        if end != "lost":
            found = max(found, today - timedelta(days=self.luck.randint(2, 40)))
        entry = self._entry(company, since, found, end)
        company.row["status"] = "lost" if end == "lost" else "warning"
        if end == "warning":
            return
        review = found + timedelta(days=self.luck.randint(14, 30))
        if end == "delayed":
            review = today + timedelta(days=self.luck.randint(1, 25))
        self._measure(entry, company, min(found + timedelta(days=1), today), review)
        if end == "lost":
            lost = min(review + timedelta(days=self.luck.randint(0, 20)), today)
            entry |= {
                "lost_date": lost, "reason": self.luck.choice(REASONS),
                "closed_at": self.calendar.at(self.luck, self.calendar.back(lost), TALKING),
            }  # fmt: skip
            entry["lost_date"] = entry["closed_at"].astimezone(self.calendar.timezone).date()
            entry["updated_at"] = entry["closed_at"]

    def _entry(self, company: Company, since: date, found: date, status: str) -> Row:
        day = max(min(found, self.calendar.last), since)
        at = datetime.combine(day, NIGHT, self.calendar.timezone)
        entry: Row = {
            "customer_id": company.row["id"], "manager_id": company.manager,
            "owner_id": company.manager, "last_order_date": since if company.row["last_order_date"] else None, "found_at": at,
            "found_reason": self._reason(company, since, day), "review_date": None, "lost_date": None, "reason": None,
            "note": None, "closed_at": None, "returned_at": None, "status": status, "created_by": None,
            "created_at": at, "updated_at": at, "measures": [],
        }  # fmt: skip
        self.losses.append(entry)
        return entry

    def _reason(self, company: Company, since: date, day: date) -> dict[str, Any]:
        days = sorted(one for one in self.dates.get(company.row["id"], []) if one <= day)
        span = (days[-1] - days[0]).days if len(days) > 1 else 0
        usual = Decimal(span) / (len(days) - 1) if span else None
        silent = (day - since).days
        return {
            "days": silent,
            "threshold_days": THRESHOLD,
            "usual_interval_days": None if usual is None else str(usual.quantize(TENTH)),
            "times_usual": None if usual is None else str((silent / usual).quantize(TENTH)),
            "orders": len(days),
            "open_complaints": 0,
        }

    def _measure(self, entry: Row, company: Company, on: date, review: date) -> None:
        at = self.calendar.at(self.luck, self.calendar.back(min(on, self.calendar.last)), TALKING)
        entry["review_date"], entry["updated_at"] = review, at
        entry["measures"].append(
            {
                "date": at.astimezone(self.calendar.timezone).date(), "text": self.luck.choice(MEASURES),
                "review_date": review, "by": company.manager, "created_by": company.manager, "created_at": at,
                "updated_at": at,
            }
        )  # fmt: skip

    def identify(self, ids: list[int]) -> None:
        """Give the entries their ids; measures name their entry."""
        for entry, row_id in zip(self.losses, ids, strict=True):
            entry["id"] = row_id
            self.measures += [{**measure, "loss_id": row_id} for measure in entry.pop("measures")]
