// @vitest-environment happy-dom
import "virtual:words/services";
import { beforeEach, describe, expect, it } from "vitest";
import type { ServiceRead, ServiceRow } from "@/api/generated/types.gen";
import type { Right } from "@/api/rights.ts";
import { setFormats } from "@/shared/lib/format.ts";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { due } from "./deadline.ts";
import { outcome, visited } from "./feedback.ts";
import type { Logged } from "@/shared/ui/RecordHistory.vue";
import { grouped, lines, type Names } from "./history.ts";
import { tabsFor, toApi } from "./listSpec.ts";
import { bodyOf, changesOf, emptyValues, followUpBody, followUpValues, valuesOf } from "./serviceForm.ts";

beforeEach(async () => {
  setFormats({ timezone: "Asia/Shanghai", currency: "CNY" });
  await setLanguage("zh-CN", { keep: false });
});

const holding = (...rights: Right[]) => ({ can: (right: Right) => rights.includes(right) });

const entry = (id: number, at: string, action: string, changes: Logged["changes"] = {}): Logged => ({
  id,
  at,
  action,
  changes,
  actor: { id: 5, name: "张明" },
});

describe("a deadline", () => {
  const now = new Date("2026-11-22T04:00:00Z");
  const at = (deadline: string | null, overdue = false, status = "assigned") => due({ deadline, overdue, status }, now);

  it("says how late something is, in the roughest unit that fits", () => {
    expect(at("2026-11-22T03:59:40Z", true)).toEqual({ text: "逾期 1 分钟", tone: "late" });
    expect(at("2026-11-21T22:10:00Z", true)?.text).toBe("逾期 5 小时");
    expect(at("2026-11-18T04:00:00Z", true)?.text).toBe("逾期 4 天");
  });
  it("is late as soon as the clock says so, even before the server has been asked again", () => {
    expect(at("2026-11-22T02:00:00Z", false)?.tone).toBe("late");
  });
  it("says when it is near, and is a plain date when it is far or no longer waits", () => {
    expect(at("2026-11-22T09:00:00Z")).toEqual({ text: "5小时后", tone: "near" });
    expect(at("2026-12-04T10:00:00Z")).toEqual({ text: "12-04 18:00", tone: "plain" });
    expect(at("2026-11-01T10:00:00Z", false, "archived")).toEqual({ text: "11-01 18:00", tone: "plain" });
    expect(at(null)).toBeNull();
  });
});

describe("feedback", () => {
  it("archives from three stars, and a complaint only after its visit", () => {
    expect([null, 1, 2, 3, 5].map((stars) => outcome(stars, false, true))).toEqual([
      "open",
      "returns",
      "returns",
      "archives",
      "archives",
    ]);
    expect([outcome(5, true, false), outcome(2, true, false), outcome(3, true, true)]).toEqual([
      "visit_first",
      "returns",
      "archives",
    ]);
  });
  it("asks of the last round only", () => {
    const complaint = { type: "complaint" } as ServiceRow;
    const rounds = [{ visit_at: "2026-11-01T00:00:00Z" }, { visit_at: null }];
    expect([
      visited({ ...complaint, rounds }),
      visited({ ...complaint, rounds: rounds.slice(0, 1) }),
      visited(complaint),
    ]).toEqual([false, true, true]);
  });
});

describe("the form", () => {
  const complaint = { ...emptyValues(7), type: "complaint", title: "a", request: "b", severity: "high" as const };
  const read = {
    customer: { id: 7, name: "蓝海" },
    linkman: { id: 3, name: "王" },
    product: null,
    department: null,
    type: "request",
    category: "fault",
    channel: null,
    priority: "mid",
    deadline: "2026-11-22T10:00:00.000Z",
    title: "a",
    request: "b",
    severity: null,
    cause: null,
    measure: null,
    id: 9,
  } as unknown as ServiceRead;

  it("sends the facts of a complaint only for one", () => {
    expect(bodyOf(complaint)).toMatchObject({ severity: "high", cause: null, department_id: null });
    expect(bodyOf({ ...complaint, type: "request" })).not.toHaveProperty("severity");
  });
  it("sends what was changed and no more", () => {
    const before = valuesOf(read);
    expect(changesOf({ ...before }, before)).toEqual({});
    expect(changesOf({ ...before, title: "c", linkman_id: null }, before)).toEqual({ title: "c", linkman_id: null });
    expect(changesOf({ ...before, type: "complaint", severity: "low" }, before)).toEqual({
      type: "complaint",
      severity: "low",
    });
  });
  it("leaves to the origin what a follow-up does not change", () => {
    const values = { ...followUpValues(read), title: "again", request: "more" };
    expect(followUpBody(values, read)).toEqual({ title: "again", request: "more", priority: "mid", origin_id: 9 });
    expect(followUpBody({ ...values, category: null }, read)).toHaveProperty("category", null);
  });
});

describe("the list", () => {
  it("starts with one's own work for those who deal, with all for the others", () => {
    expect(tabsFor(holding("services:deal", "services:create"))).toEqual({
      tabs: ["all", "mine", "unassigned", "overdue", "created"],
      defaultTab: "mine",
    });
    expect(tabsFor(holding("services:assign"))).toEqual({ tabs: ["all", "unassigned", "overdue"], defaultTab: "all" });
  });
  it("asks for a tab as a queue", () => {
    expect(toApi({ tab: "mine", q: "x" })).toEqual({ q: "x", queue: "mine" });
    expect(toApi({ q: "x" })).toEqual({ q: "x" });
  });
});

describe("the history", () => {
  const names: Names = {
    person: (id) => `人${id}`,
    customer: (id) => `客户${id}`,
    product: (id) => `产品${id}`,
    dict: (type, item) => `${type}.${item}`,
  };
  it("tells one step once, by what matters most of it", () => {
    const found = grouped([
      entry(3, "t2", "feedback", { satisfaction: [null, 2], result: [null, "还响"] }),
      entry(2, "t2", "reopen", { status: ["dealt", "assigned"] }),
      entry(1, "t1", "deal", { status: ["assigned", "dealt"] }),
    ]);
    expect(found.map(({ action }) => action)).toEqual(["reopen", "deal"]);
    expect(Object.keys(found[0]?.changes ?? {})).toEqual(["status", "satisfaction", "result"]);
  });
  it("says names, labels and stars, and leaves bookkeeping out", () => {
    const said = lines(
      { assignee_id: [3, 4], satisfaction: [null, 2], type: ["inquiry", "complaint"], reopen_count: [0, 1] },
      names,
    );
    expect(said.map(({ label, before, after }) => [label, before, after])).toEqual([
      ["负责人", "人3", "人4"],
      ["满意度", null, "2 星"],
      ["服务类型", "service_type.inquiry", "service_type.complaint"],
    ]);
  });
});
