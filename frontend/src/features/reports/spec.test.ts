import { describe, expect, it } from "vitest";
import type { Column, Table, TableRow } from "@/api/generated/types.gen";
import { paired, specOf, wide } from "./spec.ts";

const row = (key: string, ...values: (string | null)[]): TableRow => ({
  key,
  id: null,
  name: key,
  values,
  previous: null,
});
const drawn = (table: Partial<Table>, chosen = "") => {
  const columns: Column[] = [
    { key: "count", kind: "count" },
    { key: "share", kind: "percent" },
  ];
  const whole = { key: "months", series: null, chart: "line", columns, total: null, cut: false, ...table } as Table;
  return specOf(
    whole,
    chosen,
    (at) => whole.rows[at]?.key ?? "",
    (key) => key,
    (value) => value,
  );
};

it("puts narrow tables side by side, a wide one on a line of its own", () => {
  const [narrow, broad] = [3, 6].map((length) => ({ columns: Array.from({ length }) }) as Table) as [Table, Table];
  expect([paired([narrow, narrow, broad]), paired([narrow, broad])]).toEqual([true, false]);
  expect([wide(narrow), wide(broad)]).toEqual([false, true]);
});

describe("what a chart draws", () => {
  it("is every month between the first and the last, none to come", () => {
    const rows = [row("2025-11", "2", "50"), row("2026-02", "1", "25"), row("9999-12", "0", null)];
    const spec = drawn({ dimension: "month", rows: rows.slice(0, 2) });
    expect(spec?.names).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
    expect(spec?.series[0]?.values).toEqual([2, 0, 0, 1]);
    expect(drawn({ dimension: "month", rows })?.names.at(-1)?.localeCompare("9000-01")).toBe(-1);
  });
  it("leaves a gap for a ratio over nothing, and whole numbers whole", () => {
    const spec = drawn({ dimension: "region", chart: "bar", rows: [row("east", "3", null)] }, "share");
    expect(spec?.series[0]?.values).toEqual([null]);
    expect([spec?.whole, drawn({ dimension: "region", rows: [row("east", "3", null)] })?.whole]).toEqual([false, true]);
  });
});

describe("a goal", () => {
  const columns: Column[] = [
    { key: "actual", kind: "money" },
    { key: "goal", kind: "money" },
    { key: "attainment", kind: "percent" },
  ];
  const people = { dimension: "person", chart: "bar", columns } as const;
  it("is drawn across what was reached, a gap where there is none", () => {
    const rows = [row("li", "50", "100", "50"), row("wang", "10", null, null)];
    expect(drawn({ ...people, rows })?.goal).toEqual({ name: "goal", values: [100, null] });
    expect(drawn({ ...people, rows }, "attainment")?.goal).toBeNull();
  });
  it("is not drawn where nobody has one", () => {
    expect(drawn({ ...people, rows: [row("li", "50", null, null)] })?.goal).toBeNull();
  });
});
