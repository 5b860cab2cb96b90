// The columns of the order list and the colours of its states.
import type { OrderRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const STATUSES = ["draft", "confirmed", "completed", "cancelled"] as const;
export const PAYMENT_STATES = ["unpaid", "partial", "paid"] as const;
export const TONES: Record<string, Tone> = {
  draft: "warning",
  confirmed: "brand",
  completed: "success",
  cancelled: "neutral",
};
export const PAYMENT_TONES: Record<string, Tone> = { unpaid: "danger", partial: "warning", paid: "success" };
export const DELIVERY_STATES = ["none", "partial", "shipped"] as const;
export const DELIVERY_TONES: Record<string, Tone> = { none: "neutral", partial: "warning", shipped: "success" };

/** An order that counts: only then is money owed for it. */
export const counts = (row: { status: string }): boolean => row.status === "confirmed" || row.status === "completed";

export const columns: Column<OrderRow>[] = [
  { key: "number", title: "orders.fields.number", width: 184, sort: true },
  {
    key: "customer",
    kind: "reference",
    under: "/customers",
    title: "orders.fields.customer",
    width: 180,
    english: 130,
    grow: true,
  },
  { key: "date", title: "orders.fields.date", width: 104, english: 112, sort: true },
  {
    key: "status",
    kind: "choice",
    words: "orders.statuses",
    tag: "dot",
    tones: TONES,
    title: "orders.fields.status",
    width: 96,
    english: 112,
  },
  { key: "total", kind: "money", full: true, title: "orders.fields.total", width: 116, align: "end", sort: true },
  { key: "paid", title: "orders.fields.paid", width: 108, align: "end", optional: true },
  { key: "unpaid", title: "orders.fields.unpaid", width: 108, align: "end" },
  { key: "payment_state", title: "orders.fields.payment_state", width: 100, english: 112 },
  { key: "due_date", title: "orders.fields.due_date", width: 106, sort: true },
  { key: "delivery_state", title: "orders.fields.delivery_state", width: 100, english: 122 },
  { key: "owner", kind: "person", title: "orders.fields.owner", width: 84, english: 94 },
  { key: "contract_no", title: "orders.fields.contract_no", width: 140, optional: true },
  { key: "confirmed_at", kind: "instant", title: "orders.fields.confirmed_at", width: 140, optional: true },
  { key: "created_at", kind: "instant", title: "orders.fields.created_at", width: 140, optional: true, sort: true },
];
