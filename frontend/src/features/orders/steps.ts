// What can be done with an order; list and page share it.
import { ref } from "vue";
import {
  cancelOrder,
  completeOrder,
  confirmOrder,
  deleteOrder,
  removeOrderPayment,
  removeOrderShipment,
  restoreOrder,
} from "@/api/generated/sdk.gen";
import type { OrderRead, OrderRow, PaymentRead, Ref, ShipmentRead } from "@/api/generated/types.gen";
import { type ApiError, toApiError } from "@/api/errors.ts";
import { ifMatch } from "@/api/runtime.ts";
import { ask, confirmed } from "@/shared/lib/ask.ts";
import { money } from "@/shared/lib/format.ts";
import { hasKey, t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

/** A product of which there is not enough. */
export interface Missing {
  product: Ref;
  wanted: number;
  available: number;
}

/** A refusal in our words: the server's `code` says which. */
export function refusal(error: ApiError): string | null {
  const key = `orders.refused.${String(error.problem.code)}`;
  return hasKey(key) ? t(key) : null;
}

function tell(error: ApiError): void {
  const words = refusal(error);
  if (words) toast.info(words);
  else toast.error(error);
}

/** The order as it is when it is asked for: a question may stand open while an edit of it is answered. */
type Present = () => OrderRow;

export function useOrderSteps() {
  /** What the last try to confirm found missing; null when it is not about stock. */
  const missing = ref<Missing[] | null>(null);
  const busy = ref<string | null>(null);

  async function attempt(step: string, run: () => Promise<OrderRead>, said: string): Promise<boolean> {
    busy.value = step;
    missing.value = null;
    try {
      await run();
      toast.success(said);
      return true;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (Array.isArray(error.problem.short)) missing.value = error.problem.short as Missing[];
      else tell(error);
      return false;
    } finally {
      busy.value = null;
    }
  }

  async function confirm(present: Present): Promise<void> {
    const order = present();
    const body = t("orders.confirmBody", { total: money(order.total) });
    if (
      !(await confirmed({
        title: t("orders.confirmAsk", { name: order.number }),
        body,
        confirm: t("orders.step.confirm"),
      }))
    )
      return;
    const path = { order_id: order.id };
    await attempt("confirm", () => confirmOrder({ path, headers: ifMatch(present()) }), t("orders.confirmedNow"));
  }
  async function complete(present: Present): Promise<void> {
    const order = present();
    const body = t(order.delivery_state === "shipped" ? "orders.completeShippedBody" : "orders.completeBody");
    const question = { title: t("orders.completeAsk", { name: order.number }), body };
    if (!(await confirmed({ ...question, confirm: t("orders.step.complete") }))) return;
    const path = { order_id: order.id };
    await attempt("complete", () => completeOrder({ path, headers: ifMatch(present()) }), t("orders.completedNow"));
  }
  async function cancel(present: Present): Promise<void> {
    const order = present();
    const { choice, reason } = await ask({
      title: t("orders.cancelAsk", { name: order.number }),
      body: t(order.status === "draft" ? "orders.cancelDraftBody" : "orders.cancelBody"),
      confirm: t("orders.step.cancel"),
      tone: "danger",
      reason: { required: true },
    });
    if (choice !== "confirm") return;
    const call = { path: { order_id: order.id }, body: { reason }, headers: ifMatch(present()) };
    await attempt("cancel", () => cancelOrder(call), t("orders.cancelledNow"));
  }

  /** True when it is gone. `left` runs first: a page of a deleted order must not read it again. */
  async function remove(order: OrderRow, left?: () => unknown): Promise<boolean> {
    const path = { order_id: order.id };
    try {
      await deleteOrder({ path, headers: ifMatch(order) });
    } catch (thrown) {
      tell(toApiError(thrown));
      return false;
    }
    await left?.();
    const restore = () => void attempt("restore", () => restoreOrder({ path }), t("orders.restored"));
    toast.undo(t("orders.deleted", { name: order.number }), restore);
    return true;
  }

  async function removePayment(order: OrderRow, payment: PaymentRead): Promise<void> {
    const body = t("orders.payments.removeBody", { date: payment.date, amount: money(payment.amount) });
    const question = { title: t("orders.payments.removeAsk"), body, tone: "danger" as const };
    if (!(await confirmed({ ...question, confirm: t("orders.payments.remove") }))) return;
    const call = { path: { order_id: order.id, payment_id: payment.id }, headers: ifMatch(payment) };
    await attempt("payment", () => removeOrderPayment(call), t("orders.payments.removed"));
  }

  async function removeShipment(order: OrderRow, shipment: ShipmentRead): Promise<void> {
    const title = t("orders.shipments.removeAsk", { number: shipment.number });
    const question = { title, body: t("orders.shipments.removeBody"), tone: "danger" as const };
    if (!(await confirmed({ ...question, confirm: t("orders.shipments.remove") }))) return;
    const call = { path: { order_id: order.id, shipment_id: shipment.id }, headers: ifMatch(shipment) };
    await attempt("shipment", () => removeOrderShipment(call), t("orders.shipments.removed"));
  }

  return { missing, busy, confirm, complete, cancel, remove, removePayment, removeShipment };
}
export type OrderSteps = ReturnType<typeof useOrderSteps>;
