// The goals of one month as a grid: departments and people by metric, and what of it was changed.
import type { GoalRead, GoalWrite, Metric } from "@/api/generated/types.gen";
import { isAmount } from "@/shared/lib/amounts.ts";
import { number } from "@/shared/lib/format.ts";

export const METRICS: Metric[] = ["won_amount", "paid_amount", "new_customers"];
export interface GoalRow {
  key: string;
  kind: "department_id" | "user_id";
  id: number;
  name: string;
}
/** `user_id:7:won_amount` -> the text in its box. */
export type Cells = Record<string, string>;
export const cellKey = (row: Pick<GoalRow, "kind" | "id">, metric: Metric) => `${row.kind}:${row.id}:${metric}`;

export function cellsOf(goals: GoalRead[]): Cells {
  const cells: Cells = {};
  for (const goal of goals) {
    const kind = goal.user ? "user_id" : "department_id";
    const id = goal.user?.id ?? goal.department?.id ?? 0;
    cells[cellKey({ kind, id }, goal.metric)] = goal.value.replace(/\.00$/, "");
  }
  return cells;
}

export const valid = (text: string) => text.trim() === "" || isAmount(text.trim());

/** What is read, not typed: 2,100,000. What is no amount stays as it was typed. */
export const grouped = (text: string) => (text.trim() && valid(text) ? number(text.trim()) : text);
/** What was typed or pasted, with the separators of a sheet: 2,100,000 -> 2100000. */
export const plain = (text: string) => text.replaceAll(/[,，]/g, "");

/** What has to be sent: an emptied box takes its goal away. */
export function changes(rows: GoalRow[], before: Cells, after: Cells, month: string): GoalWrite[] {
  const found: GoalWrite[] = [];
  for (const row of rows)
    for (const metric of METRICS) {
      const key = cellKey(row, metric);
      const [old, now] = [(before[key] ?? "").trim(), (after[key] ?? "").trim()];
      if (old !== now) found.push({ [row.kind]: row.id, month, metric, value: now === "" ? null : now });
    }
  return found;
}
