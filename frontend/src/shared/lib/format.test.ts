// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import {
  currencyName,
  day,
  instant,
  money,
  moneyShort,
  percent,
  relative,
  relativeDay,
  setFormats,
  total,
} from "./format.ts";
import { setLanguage } from "./i18n.ts";
import { daysBetween, localDate } from "./time.ts";

beforeEach(async () => {
  setFormats({ timezone: "Asia/Shanghai", currency: "CNY" });
  await setLanguage("zh-CN", { keep: false });
});

describe("money", () => {
  it("keeps every cent of a decimal string that a float would lose", () => {
    expect(money("9007199254740993.07")).toBe("¥9,007,199,254,740,993.07");
  });
  it("is typed in the installation's currency", () => {
    expect(currencyName()).toBe("人民币");
    setFormats({ timezone: "Asia/Shanghai", currency: "JPY" });
    expect(currencyName()).toBe("日元");
  });
  it("is short in 万 and 亿, in English in K and M", async () => {
    expect(moneyShort("1234567.00")).toBe("¥123.5万");
    expect(moneyShort("123456789.00")).toBe("¥1.2亿");
    await setLanguage("en-US", { keep: false });
    expect(moneyShort("1234567.00")).toBe("¥1.23M");
  });
  it("shows a dash for nothing, and a zero for zero", () => {
    expect([money(null), moneyShort(""), money("0")]).toEqual(["—", "—", "¥0.00"]);
  });
});

describe("time", () => {
  it("shows an instant in the company's time zone, whatever the browser's", () => {
    expect(instant("2026-11-21T17:30:00Z")).toBe("2026-11-22 01:30");
    expect(localDate("2026-11-21T17:30:00Z")).toBe("2026-11-22");
  });
  it("says yesterday by the calendar, not by 24 hours", () => {
    const now = new Date("2026-11-22T03:00:00Z");
    expect(relative("2026-11-22T02:57:00Z", now)).toBe("3分钟前");
    expect(relative("2026-11-20T10:00:00Z", now)).toBe("前天");
    expect(relative("2025-01-01T00:00:00Z", now)).toBe("2025-01-01");
  });
  it("leaves a business day alone", () => {
    expect(day("2026-03-01")).toBe("2026-03-01");
    expect(relativeDay("2026-11-23", "2026-11-22")).toBe("明天");
    expect(daysBetween("2026-02-28", "2026-03-01")).toBe(1);
  });
});

it("says when the server stopped counting", () => {
  expect([total(10_000, false), total(42, true), percent(30)]).toEqual(["10,000+", "42", "30%"]);
});
