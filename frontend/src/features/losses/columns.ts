import type { LossRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import { TONES } from "./words.ts";

export const columns: Column<LossRow>[] = [
  { key: "customer", kind: "reference", title: "losses.fields.customer", width: 220, grow: true },
  {
    key: "status",
    kind: "choice",
    words: "losses.statuses",
    tag: "dot",
    tones: TONES,
    title: "losses.fields.status",
    width: 96,
  },
  { key: "found_reason", title: "losses.fields.found_reason", width: 300, grow: true },
  { key: "manager", kind: "person", title: "losses.fields.manager", width: 96 },
  { key: "last_order_date", kind: "day", title: "losses.fields.last_order_date", width: 120, sort: true },
  {
    key: "review_date",
    kind: "day",
    deadline: (row) => row.status === "delayed",
    title: "losses.fields.review_date",
    width: 120,
    sort: true,
  },
  { key: "found_at", kind: "day", title: "losses.fields.found_at", width: 130, sort: true, noCard: true },
  {
    key: "lost_date",
    kind: "day",
    title: "losses.fields.lost_date",
    width: 120,
    sort: true,
    optional: true,
    noCard: true,
  },
];
