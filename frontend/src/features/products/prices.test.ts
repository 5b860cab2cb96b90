import { expect, it } from "vitest";
import { isPrice, priceOf } from "./prices.ts";

it("reads prices as people type them", () => {
  expect([priceOf("￥1,280.50"), priceOf(" "), priceOf(null), priceOf("0")]).toEqual(["1280.50", null, null, "0"]);
});

it("knows a price from other words", () => {
  expect(["1.5", "", "1.234", "-1", "abc"].map(isPrice)).toEqual([true, true, false, false, false]);
});
