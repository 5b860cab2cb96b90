// What the list of orders can be asked: its tabs are filters with a name, which the API knows as states.
import type { ListOrdersData } from "@/api/generated/types.gen";
import { t } from "@/shared/lib/i18n.ts";
import type { FilterDef } from "@/shared/lib/listQuery.ts";
import { findPeople } from "@/shared/domain/people.ts";
import { searchOf } from "@/shared/nouns/search.ts";
import { DELIVERY_STATES, PAYMENT_STATES, STATUSES } from "./columns.ts";

export type OrderQuery = NonNullable<ListOrdersData["query"]>;
export const TABS = ["all", "draft", "confirmed", "to_ship", "completed", "unpaid", "overdue"] as const;

/** A tab and a filter of the same name meet: the filter, being the finer wish, wins. */
export function asked({ tab, ...query }: OrderQuery & { tab?: string }): OrderQuery {
  if (tab === "draft" || tab === "confirmed" || tab === "completed") return { status: [tab], ...query };
  if (tab === "unpaid") return { status: ["confirmed", "completed"], payment_state: ["unpaid", "partial"], ...query };
  if (tab === "to_ship") return { status: ["confirmed"], delivery_state: ["none", "partial"], ...query };
  if (tab === "overdue") return { overdue: true, ...query };
  return query;
}

export const filters: FilterDef[] = [
  {
    key: "status",
    title: "orders.fields.status",
    kind: "choices",
    options: () => STATUSES.map((value) => ({ value, label: t(`orders.statuses.${value}`) })),
  },
  {
    key: "payment_state",
    title: "orders.fields.payment_state",
    kind: "choices",
    options: () => PAYMENT_STATES.map((value) => ({ value, label: t(`orders.payment_states.${value}`) })),
  },
  {
    key: "delivery_state",
    title: "orders.fields.delivery_state",
    kind: "choices",
    options: () => DELIVERY_STATES.map((value) => ({ value, label: t(`orders.delivery_states.${value}`) })),
  },
  { key: "overdue", title: "orders.fields.overdue", kind: "flag" },
  { key: "customer_id", title: "orders.fields.customer", kind: "choice", search: searchOf("customers") },
  { key: "owner_id", title: "orders.fields.owner", kind: "choice", search: findPeople("orders:write", "orders:read") },
  { key: "product_id", title: "orders.fields.product", kind: "choice", search: searchOf("products") },
  { key: "date", title: "orders.fields.date", kind: "dates", params: ["from_date", "to_date"] },
  { key: "total", title: "orders.fields.total", kind: "numbers", params: ["min_total", "max_total"] },
];
