import { expect, it } from "vitest";
import type { GoalRead } from "@/api/generated/types.gen";
import { cellsOf, changes, grouped, plain, valid, type GoalRow } from "./goalGrid.ts";

const rows: GoalRow[] = [
  { key: "d1", kind: "department_id", id: 1, name: "一部" },
  { key: "u7", kind: "user_id", id: 7, name: "小明" },
];
const goal = { id: 1, version: 1, month: "2026-03-01", metric: "won_amount", value: "300000.00" } as const;
const goals: GoalRead[] = [
  { ...goal, user: { id: 7, name: "小明" }, department: null },
  { ...goal, user: null, department: { id: 1, name: "一部" }, metric: "new_customers", value: "12.00" },
];

it("sends what changed and nothing else; an emptied box takes the goal away", () => {
  const before = cellsOf(goals);
  expect(before).toEqual({ "user_id:7:won_amount": "300000", "department_id:1:new_customers": "12" });
  const after = { ...before, "user_id:7:won_amount": " 350000 ", "department_id:1:new_customers": "" };
  expect(changes(rows, before, after, "2026-03-01")).toEqual([
    { department_id: 1, month: "2026-03-01", metric: "new_customers", value: null },
    { user_id: 7, month: "2026-03-01", metric: "won_amount", value: "350000" },
  ]);
  expect(changes(rows, before, { ...before }, "2026-03-01")).toEqual([]);
});
it.each([
  ["", true],
  ["12", true],
  ["12.34", true],
  ["12.345", false],
  ["-1", false],
  ["1e5", false],
])("%s is a goal: %s", (text, wanted) => {
  expect(valid(text)).toBe(wanted);
});
it("reads with separators, and takes what was pasted with them", () => {
  expect(["2100000", "12.5", "", "-5"].map(grouped)).toEqual(["2,100,000", "12.5", "", "-5"]);
  expect(plain("2,100,000")).toBe("2100000");
  expect(plain("2，100，000")).toBe("2100000");
});
