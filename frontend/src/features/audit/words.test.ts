import { expect, it } from "vitest";
import { changesOf, inOneLine, pageOf, type Words } from "./words.ts";

const KNOWN: Record<string, string> = { "customers.fields.name": "客户名称", "orders.dueDate": "到期日" };
const words: Words = { word: (key) => KNOWN[key] ?? null, empty: "空", hidden: "(不可见)" };

it("names fields as their pages do, else as the API does", () => {
  const changes = changesOf({ entity: "customers", changes: { name: ["甲", "乙"], odd: [null, 3] } }, words);
  expect(changes).toEqual([
    { field: "客户名称", before: "甲", after: "乙" },
    { field: "odd", before: "空", after: "3" },
  ]);
  expect(inOneLine(changes, "空")).toBe("客户名称: 甲 → 乙; odd: 3");
  expect(changesOf({ entity: "orders", changes: { due_date: ["2026-01-01", null] } }, words)[0]?.field).toBe("到期日");
});

it("says of erased values that they are not shown", () => {
  expect(changesOf({ entity: "linkmen", changes: { hobby: [null, null] } }, words)[0]?.after).toBe("(不可见)");
});

it("leads to records that have a page", () => {
  expect(pageOf({ entity: "orders", entity_id: 7 })).toBe("/orders/7");
  expect(pageOf({ entity: "settings", entity_id: null })).toBeNull();
  expect(pageOf({ entity: "auth", entity_id: 7 })).toBeNull();
});
