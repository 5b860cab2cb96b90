// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { setLanguage } from "../lib/i18n.ts";
import { weekdayName, weekdayOf } from "../lib/time.ts";
import { isWorkday, nextWorkday, offText, type WorkTime } from "./workdays.ts";

const time: WorkTime = {
  work_days: [1, 2, 3, 4, 5],
  work_start: "09:00",
  work_end: "18:00",
  work_holidays: [
    { date: "2026-10-01", name: "国庆节" },
    { date: "2026-10-02", name: null },
    { date: "2026-10-10", name: "误填" },
  ],
  work_extra_days: [{ date: "2026-10-10", name: "调休" }],
};
beforeEach(() => setLanguage("zh-CN", { keep: false }));

describe("working days", () => {
  it("are the weekdays without the holidays, and the days worked in exchange", () => {
    const days = ["2026-09-30", "2026-10-01", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-10"];
    expect(days.map((day) => isWorkday(day, time))).toEqual([true, false, false, false, true, true]);
  });

  it("follow a day off, over the end of a week and of a year; a working day stays", () => {
    expect(nextWorkday("2026-09-30", time)).toBe("2026-09-30");
    expect(nextWorkday("2026-10-01", time)).toBe("2026-10-05");
    const newYear = { ...time, work_holidays: [{ date: "2027-01-01", name: "元旦" }] };
    expect(nextWorkday("2027-01-01", newYear)).toBe("2027-01-04");
    expect(nextWorkday("2026-10-01", { ...time, work_days: [], work_extra_days: [] })).toBe("2026-10-01");
  });

  it("say why a day is off, in both languages", async () => {
    const days = ["2026-10-03", "2026-10-01", "2026-10-02", "2026-10-10", "2026-10-05"];
    expect(days.map((day) => offText(day, time))).toEqual(["周六休息", "节假日：国庆节", "这天放假", "", ""]);
    await setLanguage("en-US", { keep: false });
    expect([offText("2026-10-03", time), offText("2026-10-01", time)]).toEqual([
      "Saturday is a day off",
      "Holiday: 国庆节",
    ]);
  });
});

it("counts weekdays from Monday", () => {
  expect(["2026-11-22", "2026-11-23"].map(weekdayOf)).toEqual([7, 1]);
  expect([1, 7].map((one) => weekdayName(one))).toEqual(["周一", "周日"]);
});
