// The facts of a chance as the form holds them, and as the API takes them.
import type { ChanceRead, ChanceWrite } from "@/api/generated/types.gen";
import { inField } from "@/shared/lib/amounts.ts";

export interface ChanceValues {
  title: string;
  whose: "name" | "existing";
  customer_id: number | null;
  customer_name: string | null;
  linkman: string | null;
  tel: string | null;
  amount: string | null;
  expected_close_date: string | null;
  source: string | null;
  /** Typed; empty means the stage's own probability. */
  rate: string | null;
  importance: "high" | "mid" | "low";
  /** Only of a new chance; null is the default process. */
  process_id: number | null;
  product_id: number | null;
  proposed_id: number | null;
  description: string | null;
}

export const valuesOf = (chance?: ChanceRead): ChanceValues => ({
  title: chance?.title ?? "",
  whose: chance?.customer ? "existing" : "name",
  customer_id: chance?.customer?.id ?? null,
  customer_name: chance?.customer_name ?? "",
  linkman: chance?.linkman ?? "",
  tel: chance?.tel ?? "",
  amount: inField(chance?.amount),
  expected_close_date: chance?.expected_close_date ?? null,
  source: chance?.source ?? null,
  rate: chance?.rate_is_manual ? String(chance.rate) : "",
  importance: (chance?.importance ?? "mid") as ChanceValues["importance"],
  process_id: null,
  product_id: chance?.product?.id ?? null,
  proposed_id: chance?.proposed?.id ?? null,
  description: chance?.description ?? "",
});

/** People paste `1,280,000.00` and `¥128万`: thousands separators and the currency sign are dropped, 万 multiplies. */
export function amountOf(typed: string | null): string | null {
  if (!typed) return null;
  const plain = typed.replaceAll(/[,，\s¥￥元]/g, "");
  const wan = /^(\d+(?:\.\d+)?)万$/.exec(plain);
  return wan ? String(Math.round(Number(wan[1]) * 1_000_000) / 100) : plain;
}

export function bodyOf(values: ChanceValues): ChanceWrite {
  const { whose, rate, amount, customer_id, customer_name, ...facts } = values;
  const customer = whose === "existing" ? { customer_id } : { customer_id: null, customer_name };
  const percent = rate === null || rate === "" ? null : Number(rate);
  return { ...facts, ...customer, amount: amountOf(amount), rate: Number.isNaN(percent) ? -1 : percent };
}
