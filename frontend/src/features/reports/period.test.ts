import { describe, expect, it } from "vitest";
import { presetOf, rangeOf } from "./period.ts";

const TODAY = "2026-02-18";

describe("periods", () => {
  it.each([
    ["month", "2026-02-01", "2026-02-28"],
    ["last-month", "2026-01-01", "2026-01-31"],
    ["quarter", "2026-01-01", "2026-03-31"],
    ["last-quarter", "2025-10-01", "2025-12-31"],
    ["year", "2026-01-01", "2026-12-31"],
    ["last-year", "2025-01-01", "2025-12-31"],
  ] as const)("%s", (preset, from, to) => {
    expect(rangeOf(preset, TODAY)).toEqual({ from, to });
    expect(presetOf({ from, to }, TODAY)).toBe(preset);
  });
  it("knows a leap year and calls anything else custom", () => {
    expect(rangeOf("month", "2024-02-29").to).toBe("2024-02-29");
    expect(presetOf({ from: "2026-02-02", to: "2026-02-28" }, TODAY)).toBe("custom");
  });
});
