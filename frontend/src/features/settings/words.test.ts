// @vitest-environment happy-dom
import "virtual:words/settings";
import { beforeEach, expect, it } from "vitest";
import type { SettingRead } from "@/api/generated/types.gen";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { grouped, held, optionLabel, rangeText, sent, settingName, valueText, zoneDetail, zones } from "./words.ts";

beforeEach(() => setLanguage("zh-CN", { keep: false }));

const days: SettingRead = {
  name: "lost.days",
  version: 1,
  type: "integer",
  value: 180,
  default: 180,
  minimum: 1,
  maximum: 3650,
  options: null,
  unit: "days",
  public: false,
  changed_at: null,
  changed_by: null,
};

it("groups by what a setting is about; an unknown one is shown all the same", () => {
  const names = ["session.days", "lost.days", "company.name", "mail.sender"];
  const groups = grouped(names.map((name) => ({ ...days, name })));
  expect(groups.map(({ key, settings }) => [key, settings.length])).toEqual([
    ["company", 1],
    ["customers", 1],
    ["security", 1],
    ["other", 1],
  ]);
  expect([settingName("lost.days"), settingName("mail.sender")]).toEqual(["流失预警天数", "mail.sender"]);
});

it("says value, unit and range", () => {
  expect([valueText(days, 3650), rangeText(days)]).toEqual(["3,650 天", "1 至 3,650"]);
  const currency: SettingRead = { ...days, name: "company.currency", type: "choice", minimum: null, maximum: null };
  expect([valueText(currency, "CNY"), rangeText(currency)]).toEqual(["CNY · 人民币", ""]);
  expect(optionLabel("company.language", "en-US")).toBe("English");
  expect(optionLabel("log.views", "off")).toBe("关闭");
});

it("sends a whole number as one and leaves the rest to the server's judgement", () => {
  expect([sent(days, " 90 "), sent(days, "9.5"), sent({ ...days, type: "text" }, "90")]).toEqual([90, "9.5", "90"]);
});

it("says what is listed, and how much of it there may be", () => {
  const week: SettingRead = { ...days, name: "work.days", type: "weekdays", maximum: null, unit: null };
  expect([valueText(week, [1, 2, 7]), rangeText(week)]).toEqual(["周一、周二和周日", ""]);
  const holidays: SettingRead = { ...days, name: "work.holidays", type: "dates", minimum: 0, maximum: 400 };
  expect([valueText(holidays, []), rangeText(holidays)]).toEqual(["无", "最多 400 天"]);
  expect(valueText({ ...days, type: "image" }, null)).toBe("无");
  expect(sent(holidays, [{ date: "2026-10-01", name: null }])).toEqual([{ date: "2026-10-01", name: null }]);
  expect([held(180), held([1]), held(null)]).toEqual(["180", [1], null]);
});

const label = (item: string) => ({ strategic: "战略合作伙伴" })[item] ?? item;
it("says days by level, and that 0 switches a rule off", () => {
  const levels: SettingRead = { ...days, name: "lost.days_by_level", type: "level_days", default: {} };
  expect(valueText(levels, { strategic: 60, x: 90 }, label)).toBe("战略合作伙伴 60 天和x 90 天");
  expect(valueText(levels, {})).toBe("无");
  const contact: SettingRead = { ...days, name: "lost.contact_days", minimum: 0 };
  expect([valueText(contact, 0), valueText(contact, 60)]).toEqual(["关闭", "60 天"]);
  expect(optionLabel("periodic.automatic", "on")).toBe("开启");
});

it("lists marked days with their names", () => {
  const holidays: SettingRead = { ...days, name: "work.holidays", type: "dates", minimum: 0, maximum: 400 };
  const marked = [
    { date: "2026-10-01", name: "国庆节" },
    { date: "2026-10-02", name: null },
  ];
  expect(valueText(holidays, marked)).toBe("2026-10-01 国庆节和2026-10-02");
});

it("keeps a zone that the browser does not know", () => {
  expect(zones("Mars/Olympus")[0]?.value).toBe("Mars/Olympus");
  expect([zoneDetail("Asia/Shanghai"), zoneDetail("Mars/Olympus")]).toEqual(["UTC+08:00", ""]);
});
