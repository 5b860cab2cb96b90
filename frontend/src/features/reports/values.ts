// How the numbers of reports read: rounded once, here, half up.
import type { Figure, Kind } from "@/api/generated/types.gen";
import { money, moneyShort, number, percent } from "@/shared/lib/format.ts";

const PLACES: Record<Kind, number> = { count: 0, money: 2, percent: 1, days: 1, hours: 1, rating: 2 };

/** Rounds a decimal string half up (away from zero) without going through a float. */
export function rounded(value: string, places: number): string {
  const negative = value.startsWith("-");
  const [whole = "0", fraction = ""] = value.replace("-", "").split(".");
  const digits = whole + fraction.slice(0, places).padEnd(places, "0");
  const up = Number(fraction[places] ?? "0") >= 5 ? 1n : 0n;
  const sum = (BigInt(digits) + up).toString().padStart(places + 1, "0");
  const text = places ? `${sum.slice(0, -places)}.${sum.slice(-places)}` : sum;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** A value as it is shown; null is a ratio over nothing. */
export function shown(value: string | null | undefined, kind: Kind): string {
  if (value === null || value === undefined) return "—";
  const text = rounded(value, PLACES[kind]);
  if (kind === "money") return money(text);
  return kind === "percent" ? percent(text) : number(text);
}

/** The same for a tile, where a long amount is shortened. */
export function shownShort(value: string | null | undefined, kind: Kind): string {
  return kind === "money" && value !== null && value !== undefined ? moneyShort(rounded(value, 0)) : shown(value, kind);
}

/** How a figure moved against the period before: in points for rates, in percent for the rest; null when that says nothing. */
export function change(figure: Pick<Figure, "value" | "previous" | "kind">): number | null {
  if (figure.value === null || figure.previous === null) return null;
  const [now, before] = [Number(figure.value), Number(figure.previous)];
  if (figure.kind === "percent") return now - before;
  return before === 0 ? null : ((now - before) / Math.abs(before)) * 100;
}

/** Whether more of a figure is good news (1), bad news (-1), or neither by itself (0). */
export const MEANINGS: Record<string, -1 | 0 | 1> = {
  count: 0,
  amount: 1,
  weighted: 1,
  unpriced: -1,
  unassigned: -1,
  won: 1,
  lost: -1,
  rate: 1,
  won_value: 1,
  lost_amount: -1,
  rate_by_value: 1,
  mean: -1,
  median: -1,
  p90: -1,
  succeeded_count: 1,
  succeeded_amount: 1,
  failed_count: -1,
  failed_amount: -1,
  customers: 1,
  activities: 1,
  due: 0,
  done: 1,
  won_amount: 1,
  won_amount_attainment: 1,
  paid_amount: 1,
  paid_amount_attainment: 1,
  new_customers: 1,
  new_customers_attainment: 1,
  total: 1,
  orders: 1,
  average: 1,
  paid: 1,
  unpaid: -1,
  assign_hours: -1,
  deal_hours: -1,
  satisfaction: 1,
  once_rate: 1,
  overdue: -1,
  repeats: -1,
  lost_customers: -1,
  loss_rate: -1,
  recovery_rate: 1,
  value_lost: -1,
  warned: -1,
  delayed: 0,
  review_overdue: -1,
  recovered: 1,
  returned: 1,
};

export function meaning(key: string, by: number | null): "good" | "bad" | "plain" {
  const news = Math.sign(by ?? 0) * (MEANINGS[key] ?? 0);
  return news > 0 ? "good" : news < 0 ? "bad" : "plain";
}
