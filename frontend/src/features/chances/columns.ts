// The columns of the chance list and the colours of its states.
import type { ChanceRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const STATUSES = ["unassigned", "assigned", "succeeded", "failed"] as const;
export const IMPORTANCES = ["high", "mid", "low"] as const;

export const TONES: Record<string, Tone> = {
  unassigned: "warning",
  assigned: "brand",
  succeeded: "success",
  failed: "neutral",
};
export const IMPORTANCE_TONES: Record<string, Tone> = { high: "danger", mid: "neutral", low: "neutral" };

const assigned = (row: ChanceRow) => row.status === "assigned";

export const columns: Column<ChanceRow>[] = [
  { key: "title", title: "chances.fields.title", width: 160, english: 140, grow: true, sort: true },
  {
    key: "customer_name",
    title: "chances.fields.customer_name",
    width: 160,
    english: 140,
    grow: true,
    sort: true,
  },
  { key: "stage", title: "chances.col_stage", width: 100, english: 142, sort: true },
  { key: "amount", kind: "money", title: "chances.col_amount", width: 98, align: "end", sort: true },
  { key: "rate", title: "chances.col_rate", width: 68, align: "end", sort: true },
  {
    key: "expected_close_date",
    kind: "day",
    deadline: assigned,
    title: "chances.col_expected_close_date",
    width: 108,
    sort: true,
  },
  { key: "assignee", title: "chances.fields.assignee", width: 90, english: 120 },
  { key: "last_activity_at", kind: "day", title: "chances.fields.last_activity_at", width: 106, sort: true },
  {
    key: "next_at",
    kind: "day",
    deadline: assigned,
    title: "chances.fields.next_at",
    width: 104,
    english: 104,
    sort: true,
  },
  {
    key: "status",
    kind: "choice",
    words: "chances.statuses",
    tag: "dot",
    tones: TONES,
    title: "chances.fields.status",
    width: 114,
    sort: true,
  },
  { key: "number", title: "chances.fields.number", width: 170, optional: true },
  { key: "source", kind: "item", title: "chances.fields.source", width: 100, optional: true },
  {
    key: "importance",
    kind: "choice",
    words: "chances.importances",
    tag: "plain",
    tones: IMPORTANCE_TONES,
    title: "chances.fields.importance",
    width: 84,
    optional: true,
  },
  { key: "creator", kind: "person", title: "chances.fields.creator", width: 92, optional: true },
  { key: "proposed", kind: "person", title: "chances.fields.proposed", width: 104, optional: true },
  { key: "opened_at", kind: "day", title: "chances.fields.opened_at", width: 112, optional: true, sort: true },
  { key: "closed_on", kind: "day", title: "chances.fields.closed_on", width: 112, optional: true, sort: true },
  { key: "close_value", kind: "money", title: "chances.fields.close_value", width: 110, align: "end", optional: true },
];
