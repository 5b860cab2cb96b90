import { describe, expect, it } from "vitest";
import type { DrillRow, Table, TableRow } from "@/api/generated/types.gen";
import { numberOf, opens, pathOf, questionOf } from "./drill.ts";

const row: TableRow = { key: "31", id: 31, name: "甲", values: ["5.00", "9"], previous: null };
const total: TableRow = { ...row, key: "total", id: null, values: ["50.00", "90"] };
const table = {
  key: "customers",
  columns: [
    { key: "total", kind: "money" },
    { key: "orders", kind: "count" },
  ],
} as Table;
const record = { noun: "orders", id: 4, customer: { id: 31, name: "甲" } } as DrillRow;

describe("a number that is opened", () => {
  it("is asked for with the filters, its row and its column", () => {
    expect(questionOf({ table, row, column: "orders" }, { region: "east" })).toEqual({
      region: "east",
      table: "customers",
      key: "31",
      column: "orders",
    });
    expect(numberOf({ table, row, column: "orders" })).toEqual({ value: "9", kind: "count" });
    expect(numberOf({ table, row, column: "total" })).toEqual({ value: "5.00", kind: "money" });
  });
  it("stands for the whole table in the total", () => {
    expect(questionOf({ table, row: total, column: "orders" }, {})).toEqual({ table: "customers", column: "orders" });
    expect(numberOf({ table, row: total, column: "orders" }).value).toBe("90");
  });
  it("is a count, a sum or a mean of something; nothing, a share and a goal have no records", () => {
    const kinds = ["count", "money", "days", "hours", "rating", "percent"] as const;
    expect(kinds.map((kind) => opens({ key: "a", kind }, "3"))).toEqual([true, true, true, true, true, false]);
    expect([opens({ key: "goal", kind: "money" }, "3"), opens({ key: "a", kind: "count" }, "0")]).toEqual([
      false,
      false,
    ]);
    expect(opens({ key: "a", kind: "days" }, null)).toBe(false);
  });
  it("leads to each record, an activity to its customer", () => {
    expect(pathOf(record)).toBe("/orders/4");
    expect(pathOf({ ...record, noun: "activities" })).toBe("/customers/31");
    expect(pathOf({ ...record, noun: "activities", customer: null })).toBeNull();
    expect(pathOf({ ...record, noun: "plans", chance: { id: 7, name: "乙" } })).toBe("/chances/7");
  });
});
