import type { LossRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";

export const columns: Column<LossRow>[] = [
  { key: "customer", title: "losses.fields.customer", width: 220, grow: true },
  { key: "status", title: "losses.fields.status", width: 96 },
  { key: "found_reason", title: "losses.fields.found_reason", width: 300, grow: true },
  { key: "manager", title: "losses.fields.manager", width: 96, text: (row) => row.manager?.name },
  { key: "last_order_date", title: "losses.fields.last_order_date", width: 120, sort: true },
  { key: "review_date", title: "losses.fields.review_date", width: 120, sort: true },
  { key: "found_at", title: "losses.fields.found_at", width: 130, sort: true, noCard: true },
  { key: "lost_date", title: "losses.fields.lost_date", width: 120, sort: true, optional: true, noCard: true },
];
