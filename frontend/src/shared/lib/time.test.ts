import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { day, setFormats, shortDay } from "./format.ts";
import {
  addDays,
  dayOf,
  daysBetween,
  firstOfMonth,
  instantOf,
  localDate,
  localHour,
  localMoment,
  localTime,
  minutesUntil,
  setTimezone,
  weekdayOf,
  zoneOffset,
} from "./time.ts";

const HERE = process.env.TZ;
const BROWSERS = ["Pacific/Auckland", "America/Los_Angeles", "Asia/Tokyo", "UTC"];
beforeEach(() => setTimezone("Asia/Shanghai"));
afterEach(() => {
  if (HERE === undefined) delete process.env.TZ;
  else process.env.TZ = HERE;
});

describe.each(BROWSERS)("in a browser that stands in %s", (zone) => {
  beforeEach(() => void (process.env.TZ = zone));

  it("shows an instant on the company's clock", () => {
    const late = "2026-11-21T17:30:00Z";
    expect([localTime(late), localMoment("2026-11-21T17:30:09.9Z")]).toEqual([
      "2026-11-22 01:30",
      "2026-11-22 01:30:09",
    ]);
    expect([localDate(late), localHour(late)]).toEqual(["2026-11-22", 1]);
    expect([day(late), shortDay(late, "2026-01-01")]).toEqual(["2026-11-22", "11-22"]);
  });

  it("takes what was typed for the company's clock, and shows it again as it was typed", () => {
    expect(instantOf("2026-11-22 01:30")).toBe("2026-11-22T01:30:00+08:00");
    expect(instantOf("2026-11-22")).toBe("2026-11-22T00:00:00+08:00");
    expect(instantOf("2026-11-22 01:30:09")).toBe("2026-11-22T01:30:09+08:00");
    const typed = ["2026-01-01 00:00", "2026-03-08 02:30", "2026-09-27 02:30", "2026-12-31 23:59"];
    expect(typed.map((text) => localTime(instantOf(text)))).toEqual(typed);
  });

  it("leaves a day alone, also where the company is west of Greenwich", () => {
    setFormats({ timezone: "America/Los_Angeles", currency: "CNY" });
    expect([localDate("2026-11-22"), day("2026-11-22"), shortDay("2026-11-22", "2026-05-05")]).toEqual([
      "2026-11-22",
      "2026-11-22",
      "11-22",
    ]);
    expect([addDays("2026-02-28", 1), addDays("2026-03-01", -1), addDays("2026-11-01", 1)]).toEqual([
      "2026-03-01",
      "2026-02-28",
      "2026-11-02",
    ]);
    expect([daysBetween("2026-03-07", "2026-03-09"), weekdayOf("2026-11-22")]).toEqual([2, 7]);
  });

  it("shows every hour of a year again as it was typed, where clocks are put forward and back", () => {
    for (const company of ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]) {
      setTimezone(company);
      const wrong = [];
      for (let d = "2026-01-01"; d < "2027-01-01"; d = addDays(d, 1))
        for (const hour of ["00:00", "04:30", "12:15", "23:59"])
          if (localTime(instantOf(`${d} ${hour}`)) !== `${d} ${hour}`) wrong.push(`${company} ${d} ${hour}`);
      expect(wrong).toEqual([]);
    }
  });
});

it("takes the first of an hour that comes twice, and what comes after an hour that never was", () => {
  setTimezone("America/New_York");
  expect(instantOf("2026-11-01 01:30")).toBe("2026-11-01T01:30:00-04:00");
  expect(instantOf("2026-11-01 02:30")).toBe("2026-11-01T02:30:00-05:00");
  expect(instantOf("2026-03-08 02:30")).toBe("2026-03-08T03:30:00-04:00");
  expect(instantOf("2026-03-08 03:30")).toBe("2026-03-08T03:30:00-04:00");
  setTimezone("America/Santiago"); // clocks leap over midnight
  expect(instantOf("2026-09-06")).toBe("2026-09-06T01:00:00-03:00");
  setTimezone("Pacific/Auckland");
  expect(instantOf("2026-11-22 00:10")).toBe("2026-11-22T00:10:00+13:00");
});

it("knows the calendar", () => {
  expect([dayOf(2026, 2, 28), dayOf(2026, 2, 30), dayOf(2028, 2, 29)]).toEqual(["2026-02-28", null, "2028-02-29"]);
  expect([firstOfMonth(2026 * 12), firstOfMonth(2026 * 12 + 11)]).toEqual(["2026-01-01", "2026-12-01"]);
  expect(minutesUntil("2026-11-22T04:01:30Z", new Date("2026-11-22T04:00:00Z"))).toBe(1.5);
  expect([zoneOffset("UTC"), zoneOffset("Asia/Shanghai")]).toEqual(["UTC+00:00", "UTC+08:00"]);
});
