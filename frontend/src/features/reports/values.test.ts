import { describe, expect, it } from "vitest";
import words from "@/locales/zh-CN/reports.json";
import home from "@/locales/zh-CN/home.json";
import { change, MEANINGS, meaning, rounded, shown } from "./values.ts";

describe("numbers of reports", () => {
  it.each([
    ["1.005", 2, "1.01"],
    ["2.5", 0, "3"],
    ["-2.5", 0, "-3"],
    ["0.049999999999999999", 1, "0.0"],
    ["99999999999999.995", 2, "100000000000000.00"],
    ["-0.001", 2, "0.00"],
    ["7", 2, "7.00"],
  ])("%s to %i places is %s", (value, places, wanted) => {
    expect(rounded(value, places)).toBe(wanted);
  });
  it("shows a ratio over nothing as a dash", () => {
    expect(shown(null, "percent")).toBe("—");
    expect(shown("33.3333333", "percent")).toBe("33.3%");
  });
  it("compares rates in points and the rest in percent", () => {
    expect(change({ value: "60", previous: "50", kind: "percent" })).toBe(10);
    expect(change({ value: "60", previous: "50", kind: "count" })).toBe(20);
    expect(change({ value: "60", previous: "0", kind: "money" })).toBeNull();
    expect(change({ value: null, previous: "3", kind: "days" })).toBeNull();
  });
});

describe("changes", () => {
  it("are good or bad by what the figure means, not by their direction", () => {
    expect(["lost_customers", "won_value", "unpaid"].map((key) => meaning(key, 12))).toEqual(["bad", "good", "bad"]);
    expect(["lost_customers", "won_value", "mean"].map((key) => meaning(key, -12))).toEqual(["good", "bad", "good"]);
    expect([meaning("won_value", 0), meaning("won_value", null), meaning("count", 3)]).toEqual([
      "plain",
      "plain",
      "plain",
    ]);
  });

  it("have a meaning for every figure that a report can show", () => {
    expect(Object.keys(MEANINGS).toSorted()).toEqual(Object.keys(words.figures).toSorted());
  });
});

it("gives figures of other periods other names where a page shows both", () => {
  const ofYear = new Set(Object.values(words.home).flatMap((report) => Object.values(report)));
  expect(Object.values(home.figures).filter((name) => ofYear.has(name))).toEqual([]);
});
