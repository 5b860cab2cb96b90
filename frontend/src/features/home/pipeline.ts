// Bars of the pipeline: stages in their order, also those where nothing stands, each as wide as its share of the widest.
import type { SummaryRow } from "@/api/generated/types.gen";

export interface Bar {
  id: number;
  label: string;
  count: number;
  amount: string;
  weighted: string;
  /** Percent of the widest bar. */
  width: number;
  /** Percent of its own amount that is to be expected. */
  inner: number;
}

export function barsOf(stages: { id: number; label: string }[], rows: SummaryRow[]): Bar[] {
  const byStage = new Map(rows.map((row) => [row.id, row]));
  const most = Math.max(1, ...rows.map((row) => Number(row.amount)));
  return stages.map(({ id, label }) => {
    const row = byStage.get(id);
    const amount = Number(row?.amount ?? 0);
    return {
      id,
      label,
      count: row?.count ?? 0,
      amount: row?.amount ?? "0",
      weighted: row?.weighted ?? "0",
      width: Math.round((100 * amount) / most),
      inner: amount > 0 ? Math.round((100 * Number(row?.weighted ?? 0)) / amount) : 0,
    };
  });
}
