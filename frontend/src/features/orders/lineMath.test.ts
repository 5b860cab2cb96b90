import { describe, expect, it } from "vitest";
import { setFormats } from "@/shared/lib/format.ts";
import {
  amountOf,
  difference,
  fractionOf,
  isCount,
  isPercent,
  isPrice,
  percentOf,
  plain,
  taxIn,
  totalOf,
} from "./lineMath.ts";

it("finds the tax that an amount contains, rounded half up", () => {
  expect(taxIn("113.00", "0.1300")).toBe("13.00");
  expect(taxIn("0.03", "0.5")).toBe("0.01");
  expect(taxIn("0.01", "1")).toBe("0.01"); // half a cent
  expect(taxIn("9999999999999999.99", "0.13")).toBe("1150442477876106.19");
  expect(taxIn("5.00", null)).toBeNull();
  expect(taxIn(null, "0.13")).toBeNull();
});

describe("the amount of a line", () => {
  it("is count × price × (1 − discount)", () => {
    expect(amountOf("2", "45000.00", "5")).toBe("85500.00");
    expect(amountOf("3", "19.99", "")).toBe("59.97");
    expect(amountOf("1", "100", "100")).toBe("0.00");
  });

  it("rounds half up, also where a float would be a hair below the half", () => {
    expect(amountOf("1", "1.15", "90")).toBe("0.12"); // 0.115 exactly
    expect(amountOf("3", "0.35", "50")).toBe("0.53"); // 0.525 exactly
    expect(amountOf("1", "1.005", "0")).toBe("1.01");
    expect(amountOf("1", "0.10", "75.01")).toBe("0.02"); // 0.02499
  });

  it("keeps every cent of sums that no float holds", () => {
    expect(amountOf("1000000000", "9999999.99", "0")).toBe("9999999990000000.00");
    expect(amountOf("1", "9999999999999999.99", "0")).toBe("9999999999999999.99");
  });

  it("is not there while something is no number", () => {
    expect(amountOf("", "1", "0")).toBeNull();
    expect(amountOf("2", "abc", "0")).toBeNull();
    expect(amountOf("2", "1", "x")).toBeNull();
  });

  it("reads what people paste", () => {
    expect(amountOf("1,000", "￥1,280.50", "15%")).toBe("1088425.00");
    expect(plain("￥1,280.50 元")).toBe("1280.50");
  });
});

describe("sums", () => {
  it("add cents as whole numbers", () => {
    expect(totalOf(["0.10", "0.20"])).toBe("0.30");
    expect(totalOf(["9999999999999999.98", "0.01"])).toBe("9999999999999999.99");
    expect(totalOf([null, "5"])).toBe("5.00");
    expect(totalOf([])).toBe("0.00");
  });

  it("subtract", () => {
    expect(difference("100.00", "99.99")).toBe("0.01");
    expect(difference("1.00", "3.50")).toBe("-2.50");
  });
});

describe("discounts", () => {
  it("are typed in percent and sent as a fraction", () => {
    expect(fractionOf("15")).toBe("0.15");
    expect(fractionOf("7.5")).toBe("0.075");
    expect(fractionOf("")).toBe("0.00");
    expect(fractionOf("100")).toBe("1.00");
    expect(fractionOf("a")).toBe("a");
  });

  it("come back as percent without idle zeros", () => {
    expect(percentOf("0.1500")).toBe("15");
    expect(percentOf("0.0750")).toBe("7.5");
    expect(percentOf("0.0000")).toBe("0");
    expect(percentOf("1.0000")).toBe("100");
    expect(percentOf("0")).toBe("0");
  });
});

it("knows what can be sent", () => {
  expect([isPrice("1.23"), isPrice("1.234"), isPrice("-1"), isPrice("")]).toEqual([true, false, false, false]);
  expect([isPercent(""), isPercent("100"), isPercent("100.01"), isPercent("1.234")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([isCount("1"), isCount("0"), isCount("1.5"), isCount("1,000")]).toEqual([true, false, false, true]);
});

it("reckons in the digits of the currency", () => {
  setFormats({ timezone: "Asia/Tokyo", currency: "JPY" });
  expect([amountOf("1", "333", "5"), taxIn("316", "0.1"), totalOf(["316", "29"])]).toEqual(["316", "29", "345"]);
  setFormats({ timezone: "Asia/Shanghai", currency: "CNY" });
  expect(amountOf("1", "333", "5")).toBe("316.35");
});
