import { expect, it } from "vitest";
import type { SummaryRow } from "@/api/generated/types.gen";
import { barsOf } from "./pipeline.ts";

const row = (id: number, amount: string, weighted: string) => ({ id, amount, weighted, count: 2 }) as SummaryRow;
const stages = [
  { id: 1, label: "初步接触" },
  { id: 2, label: "需求确认" },
  { id: 3, label: "方案报价" },
];

it("keeps the order of the process and shows stages where nothing stands", () => {
  const bars = barsOf(stages, [row(3, "100.00", "50.00"), row(1, "200.00", "20.00")]);
  expect(bars.map(({ label, width, inner, count }) => [label, width, inner, count])).toEqual([
    ["初步接触", 100, 10, 2],
    ["需求确认", 0, 0, 0],
    ["方案报价", 50, 50, 2],
  ]);
});

it("draws nothing for an empty pipeline", () => {
  expect(barsOf(stages, []).every((bar) => bar.width === 0)).toBe(true);
});
