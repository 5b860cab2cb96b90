import { afterEach, beforeEach, expect, it } from "vitest";
import { inField, isAmount } from "./amounts.ts";
import { setFormats } from "./format.ts";

const of = (currency: string) => setFormats({ timezone: "Asia/Shanghai", currency });
beforeEach(() => of("CNY"));
afterEach(() => of("CNY"));

it("shows and takes cents where the currency has them", () => {
  expect([inField("12.50"), inField(null)]).toEqual(["12.50", ""]);
  expect(["12", "12.5", "12.55", "12.555", "x", ""].map(isAmount)).toEqual([true, true, true, false, false, false]);
});

it("shows and takes whole yen", () => {
  of("JPY");
  expect([inField("1234567.00"), inField("12.50"), inField(undefined)]).toEqual(["1234567", "12.50", ""]);
  expect(["12", "12.5", "12.0"].map(isAmount)).toEqual([true, false, false]);
});
