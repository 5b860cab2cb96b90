// The columns of the chance list and the colours of its states.
import type { ChanceRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const columns: Column<ChanceRow>[] = [
  { key: "title", title: "chances.title", width: 160, english: 140, grow: true, sort: true },
  {
    key: "customer_name",
    title: "chances.customer_name",
    width: 160,
    english: 140,
    grow: true,
    sort: true,
  },
  { key: "stage", title: "chances.col_stage", width: 100, english: 142, sort: true },
  { key: "amount", title: "chances.col_amount", width: 98, align: "end", sort: true },
  { key: "rate", title: "chances.col_rate", width: 68, align: "end", sort: true },
  { key: "expected_close_date", title: "chances.col_expected_close_date", width: 108, sort: true },
  { key: "assignee", title: "chances.assignee", width: 90, english: 120 },
  { key: "last_activity_at", title: "chances.last_activity_at", width: 106, sort: true },
  { key: "next_at", title: "chances.next_at", width: 104, english: 104, sort: true },
  { key: "status", title: "chances.status", width: 114, sort: true },
  { key: "number", title: "chances.number", width: 170, optional: true, text: (row) => row.number },
  { key: "source", title: "chances.source", width: 100, optional: true },
  { key: "importance", title: "chances.importance", width: 84, optional: true },
  { key: "creator", title: "chances.creator", width: 92, optional: true, text: (row) => row.creator.name },
  { key: "proposed", title: "chances.proposed", width: 104, optional: true, text: (row) => row.proposed?.name },
  { key: "opened_at", title: "chances.opened_at", width: 112, optional: true, sort: true },
  { key: "closed_on", title: "chances.closed_on", width: 112, optional: true, sort: true },
  { key: "close_value", title: "chances.close_value", width: 110, align: "end", optional: true },
];

export const STATUSES = ["unassigned", "assigned", "succeeded", "failed"] as const;
export const IMPORTANCES = ["high", "mid", "low"] as const;

export const TONES: Record<string, Tone> = {
  unassigned: "warning",
  assigned: "brand",
  succeeded: "success",
  failed: "neutral",
};
export const IMPORTANCE_TONES: Record<string, Tone> = { high: "danger", mid: "neutral", low: "neutral" };
