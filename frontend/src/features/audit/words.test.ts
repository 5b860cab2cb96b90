import { expect, it } from "vitest";
import { changesOf, inOneLine, type Told, type Words } from "./words.ts";

const KNOWN: Record<string, string> = { "customers.fields.name": "客户名称", "orders.fields.due_date": "到期日" };
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

it("tells a reason that is a code in words, and an old one as it was written", () => {
  const of = { ...words, word: (key: string) => (key === "common.told.undo" ? "Undoes the step" : null) };
  const told = (reason: unknown) =>
    changesOf({ entity: "chances", changes: { reason: [null, reason] } } as Told, of)[0];
  expect(told({ code: "undo", facts: {} })?.after).toBe("Undoes the step");
  expect(told("撤销刚才的操作")?.after).toBe("撤销刚才的操作");
});

it("says of erased values that they are not shown", () => {
  expect(changesOf({ entity: "linkmen", changes: { hobby: [null, null] } }, words)[0]?.after).toBe("(不可见)");
});

it("shows names, codes in words, and each kind as pages do", () => {
  const KEYS: Record<string, string> = {
    "chances.statuses.assigned": "已指派",
    "services.levels.high": "高",
    "common.no": "否",
    "audit.entities.plans": "计划项",
  };
  const of = { ...words, word: (key: string) => KEYS[key] ?? null };
  const changes = {
    assignee_id: [5, 6],
    amount: [null, "1234567"],
    tax_rate: [null, "0.13"],
    rate_is_manual: [null, false],
    status: ["odd", "assigned"],
    id: [null, 4087],
  };
  const kinds = { assignee_id: "reference", amount: "money", tax_rate: "fraction", rate_is_manual: "boolean" } as const;
  const told = changesOf({ entity: "chances", changes, kinds, names: { assignee_id: ["张明", null] } }, of);
  expect(told.map(({ before, after }) => [before, after])).toEqual([
    ["张明", "#6"],
    ["空", "¥1,234,567.00"],
    ["空", "13%"],
    ["空", "否"],
    ["odd", "已指派"],
  ]);
  expect(changesOf({ entity: "services", changes: { priority: [null, "high"] } }, of)[0]?.after).toBe("高");
  expect(changesOf({ entity: "demo", changes: { plans: [null, 9] } }, of)[0]?.field).toBe("计划项");
});

it("tells lists and settings in words, never as JSON or codes", () => {
  const KEYS: Record<string, string> = {
    "settings.names.work.holidays": "节假日",
    "customers.fields.level": "客户等级",
    "processes.condition.amount": "预计金额",
  };
  const of = {
    ...words,
    word: (key: string) => KEYS[key] ?? null,
    level: (item: string) => (item === "key" ? "大客户" : item),
  };
  const set = (name: string, value: unknown) =>
    changesOf({ entity: "settings", changes: { name: [null, name], value: [[], value] } }, of).map(
      ({ after }) => after,
    );
  expect(set("work.holidays", [{ date: "2026-12-25", name: "圣诞" }])).toEqual(["节假日", "2026-12-25 圣诞"]);
  expect(set("customers.required", ["level", "other"])[1]).toBe("客户等级, other");
  expect(set("lost.days_by_level", { key: 90 })[1]).toBe("大客户: 90");
  const stage = changesOf({ entity: "processes", changes: { conditions: [[], ["amount"]] } }, of);
  expect([stage[0]?.before, stage[0]?.after]).toEqual(["空", "预计金额"]);
});
