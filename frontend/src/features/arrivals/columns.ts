// The columns of the arrivals and the colours of their states.
import type { ArrivalRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import { number } from "@/shared/lib/format.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const STATUSES = ["expected", "received", "cancelled"] as const;
export const TONES: Record<string, Tone> = { expected: "brand", received: "success", cancelled: "neutral" };

export const columns: Column<ArrivalRow>[] = [
  { key: "product", kind: "reference", title: "arrivals.fields.product", width: 150, grow: true, sort: true },
  { key: "left", title: "arrivals.fields.left", width: 84, align: "end", card: "end", text: (row) => number(row.left) },
  { key: "expected_on", title: "arrivals.fields.expected_on", width: 172, sort: true, card: "line" },
  { key: "place", title: "arrivals.fields.place", width: 132, english: 196, card: "muted" },
  { key: "count", kind: "number", title: "arrivals.fields.count", width: 72, align: "end", sort: true },
  {
    key: "received",
    kind: "number",
    title: "arrivals.fields.received",
    width: 72,
    english: 86,
    align: "end",
  },
  { key: "supplier", title: "arrivals.fields.supplier", width: 170, english: 136, card: "muted" },
  {
    key: "status",
    kind: "choice",
    words: "arrivals.statuses",
    tag: "dot",
    tones: TONES,
    title: "arrivals.fields.status",
    width: 96,
    english: 108,
    card: "line",
  },
  { key: "number", title: "arrivals.fields.number", width: 168, sort: true, noCard: true },
  {
    key: "product_code",
    title: "arrivals.code",
    width: 120,
    optional: true,
    noCard: true,
  },
  { key: "memo", title: "arrivals.fields.memo", width: 160, optional: true, noCard: true },
];
