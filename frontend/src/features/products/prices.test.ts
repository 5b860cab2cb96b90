import { expect, it } from "vitest";
import { isMonths, isPrice, isRate, monthsOf, priceOf, rateOf, rateShown } from "./prices.ts";

it("reads prices as people type them", () => {
  expect([priceOf("￥1,280.50"), priceOf(" "), priceOf(null), priceOf("0")]).toEqual(["1280.50", null, null, "0"]);
});

it("knows a price from other words", () => {
  expect(["1.5", "", "1.234", "-1", "abc"].map(isPrice)).toEqual([true, true, false, false, false]);
});

it("moves the point of a rate between percent and fraction", () => {
  expect(["13", "6%", "0.5", "100", "0", ""].map(rateOf)).toEqual([
    "0.1300",
    "0.0600",
    "0.0050",
    "1.0000",
    "0.0000",
    null,
  ]);
  expect(["0.1300", "0.0600", "0.0050", "1.0000", "0.0000", "0.1255"].map(rateShown)).toEqual([
    "13",
    "6",
    "0.5",
    "100",
    "0",
    "12.55",
  ]);
  expect(["13", "13.25", "100.01", "-1", "1.234", "x"].map(isRate)).toEqual([true, true, false, false, false, false]);
});

it("reads months of warranty", () => {
  expect(["12", " 600 ", "", null].map(monthsOf)).toEqual([12, 600, null, null]);
  expect(["12", "600", "", "0", "601", "1.5", "a year"].map(isMonths)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
