// A log entry of an order in words. Lines and payments are logged with the order; sums that follow from them are left out.
import type { Logged } from "@/shared/ui/RecordHistory.vue";
import { instant, money, number, percent } from "@/shared/lib/format.ts";
import { hasKey, t } from "@/shared/lib/i18n.ts";
import { percentOf } from "./lineMath.ts";

export interface Names {
  person: (id: number) => string;
  customer: (id: number) => string;
  product: (id: number) => string;
  chance: (id: number) => string;
  method: (item: string) => string;
  /** The product of a line that is still there. */
  ofLine: (lineId: number) => string | null;
}
export interface Told {
  title: string;
  lines: string[];
}

const FOLLOWS = new Set([
  "id",
  "line",
  "delivery_state",
  "total",
  "paid",
  "confirmed_at",
  "completed_at",
  "cancelled_at",
  "deleted_at",
  "deleted_by",
]);
const LABELS: Record<string, string> = {
  count: "lines.count",
  unit: "lines.unit",
  price: "lines.price",
  discount: "lines.discount",
  amount: "lines.amount",
  tax_rate: "lines.tax_rate",
  customer_id: "fields.customer",
  owner_id: "fields.owner",
  chance_id: "fields.chance",
  product_id: "fields.product",
  method: "payments.method",
};

function say(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return t("orders.history.empty");
  const text = String(value);
  switch (field) {
    case "customer_id":
      return names.customer(Number(value));
    case "owner_id":
      return names.person(Number(value));
    case "chance_id":
      return names.chance(Number(value));
    case "product_id":
      return names.product(Number(value));
    case "status":
      return t(`orders.statuses.${text}`);
    case "method":
      return names.method(text);
    case "price":
    case "amount":
      return money(text);
    case "discount":
    case "tax_rate":
      return percent(percentOf(text));
    case "count":
      return number(text);
    default:
      return field.endsWith("_at") ? instant(text) : text;
  }
}

const after = (row: Logged, field: string): unknown => row.changes[field]?.[1] ?? row.changes[field]?.[0];

/** One line of goods as it was added or removed: 2 × ¥10.00, −5%. */
function goods(row: Logged): string {
  const off = percentOf(String(after(row, "discount") ?? "0"));
  const cost = `${number(String(after(row, "count") ?? ""))} × ${money(String(after(row, "price") ?? ""))}`;
  return off === "0" ? cost : `${cost}, −${percent(off)}`;
}
const came = (row: Logged, names: Names): string => {
  const method = after(row, "method");
  const words = [after(row, "date"), money(String(after(row, "amount") ?? "")), method && names.method(String(method))];
  return words.filter(Boolean).join(" · ");
};

/** What left, piece by piece, and who carries it. */
function shipped(row: Logged, names: Names): string[] {
  const sent = (after(row, "goods") ?? []) as { product_id: number; count: number }[];
  const what = sent.map(({ product_id, count }) =>
    t("orders.shipments.goods", { name: names.product(product_id), n: number(count) }),
  );
  const how = ["number", "date", "carrier", "tracking_no"].map((field) => after(row, field)).filter(Boolean);
  return [how.join(" · "), ...what].filter(Boolean);
}

/** What a log entry tells people, or null when it tells nothing that another one does not. */
export function told(row: Logged, names: Names): Told | null {
  const title = t(`orders.history.actions.${row.action}`);
  const product = after(row, "product_id");
  const line = after(row, "line");
  const of = product ? names.product(Number(product)) : line ? names.ofLine(Number(line)) : null;
  const name = of ? t("orders.history.of", { title, name: of }) : title;
  if (row.action === "create") return { title, lines: [] };
  if (row.action === "add_line" || row.action === "remove_line") return { title: name, lines: [goods(row)] };
  if (row.action === "add_payment" || row.action === "remove_payment") return { title, lines: [came(row, names)] };
  if (row.action === "add_shipment" || row.action === "remove_shipment") return { title, lines: shipped(row, names) };
  const lines = Object.entries(row.changes)
    .map(([field, values]) => ({ field, values, label: `orders.${LABELS[field] ?? `fields.${field}`}` }))
    .filter(({ field, label }) => !FOLLOWS.has(field) && field !== "status" && hasKey(label))
    .map(({ field, label, values: [was, is] }) =>
      t("orders.history.change", {
        field: t(label),
        before: say(field, was, names),
        after: say(field, is, names),
      }),
    );
  return row.action === "update" && lines.length === 0 ? null : { title: name, lines };
}
