// What a transaction's line shows: four steps from the chance to the payment, and how far each came.
import type { TransactionRow } from "@/api/generated/types.gen";
import type { Tone } from "@/shared/ui/StatusTag.vue";
import { counts } from "./columns.ts";

export type StepKey = "chance" | "order" | "delivery" | "payment";
/** `none`: there is no such step here; `stopped`: it failed, was cancelled or is late. */
export type StepState = "none" | "open" | "part" | "done" | "stopped";
export interface Step {
  key: StepKey;
  state: StepState;
}
const CHANCES: Record<string, StepState> = { succeeded: "done", failed: "stopped" };
const ORDERS: Record<string, StepState> = { draft: "part", cancelled: "stopped" };
const DELIVERIES: Record<string, StepState> = { partial: "part", shipped: "done" };
const PAYMENTS: Record<string, StepState> = { partial: "part", paid: "done" };

export function stepsOf({ chance, order }: TransactionRow): Step[] {
  const lost = chance?.status === "failed";
  const live = order !== null && counts(order);
  const delivery = live ? (DELIVERIES[order.delivery_state] ?? "open") : "none";
  const payment = live ? (PAYMENTS[order.payment_state] ?? "open") : "none";
  return [
    { key: "chance", state: chance ? (CHANCES[chance.status] ?? "part") : "none" },
    { key: "order", state: order ? (ORDERS[order.status] ?? "done") : lost ? "none" : "open" },
    { key: "delivery", state: delivery },
    { key: "payment", state: live && order.overdue ? "stopped" : payment },
  ];
}

export const STAGE_TONES: Record<TransactionRow["stage"], Tone> = {
  chance: "brand",
  won: "brand",
  failed: "neutral",
  draft: "warning",
  confirmed: "brand",
  delivered: "warning",
  settled: "success",
  cancelled: "neutral",
};
