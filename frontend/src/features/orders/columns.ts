// The columns of the order list and the colours of its states.
import type { OrderRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const columns: Column<OrderRow>[] = [
  { key: "number", title: "orders.number", width: 194, sort: true },
  {
    key: "customer",
    title: "orders.customer",
    width: 190,
    english: 160,
    grow: true,
    text: (row) => row.customer?.name,
  },
  { key: "date", title: "orders.date", width: 104, english: 118, sort: true, text: (row) => row.date },
  { key: "status", title: "orders.status", width: 100, english: 108 },
  { key: "total", title: "orders.total", width: 130, align: "end", sort: true },
  { key: "paid", title: "orders.paid", width: 108, align: "end" },
  { key: "unpaid", title: "orders.unpaid", width: 108, align: "end" },
  { key: "payment_state", title: "orders.payment_state", width: 104, english: 116 },
  { key: "owner", title: "orders.owner", width: 96, english: 104, text: (row) => row.owner?.name },
  { key: "confirmed_at", title: "orders.confirmed_at", width: 140, optional: true },
  { key: "created_at", title: "orders.created_at", width: 140, optional: true, sort: true },
];

export const STATUSES = ["draft", "confirmed", "completed", "cancelled"] as const;
export const PAYMENT_STATES = ["unpaid", "partial", "paid"] as const;
export const TONES: Record<string, Tone> = {
  draft: "warning",
  confirmed: "brand",
  completed: "success",
  cancelled: "neutral",
};
export const PAYMENT_TONES: Record<string, Tone> = { unpaid: "danger", partial: "warning", paid: "success" };

/** An order that counts: only then is money owed for it. */
export const counts = (row: { status: string }): boolean => row.status === "confirmed" || row.status === "completed";
