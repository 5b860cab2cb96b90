// What lines cost while they are typed: decimal strings reckoned with whole numbers, so that no cent is lost to a float.
// The server's amounts are the truth; these only stand there until it has answered.

import { moneyDigits } from "@/shared/lib/format.ts";

interface Decimal {
  digits: bigint;
  /** How many of them stand after the point. */
  scale: number;
}
const HUNDRED_PERCENT: Decimal = { digits: 100n, scale: 0 };

/** People paste `1,280.00` and `￥1280`: separators and the currency sign say nothing. */
export const plain = (typed: string | null | undefined): string => (typed ?? "").replaceAll(/[,，\s¥￥元%]/g, "");

function read(typed: string | null | undefined): Decimal | null {
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain(typed));
  if (!found) return null;
  const [, sign, whole, part = ""] = found;
  return { digits: BigInt(`${sign}${whole}${part}`), scale: part.length };
}

function write({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const at = text.length - scale;
  return `${digits < 0n ? "-" : ""}${text.slice(0, at)}${scale ? `.${text.slice(at)}` : ""}`;
}

/** To so many digits after the point; half goes away from zero, as on an invoice. */
function rounded({ digits, scale }: Decimal, to: number): Decimal {
  if (scale <= to) return { digits: digits * 10n ** BigInt(to - scale), scale: to };
  const unit = 10n ** BigInt(scale - to);
  const half = digits < 0n ? -unit / 2n : unit / 2n;
  return { digits: (digits + half) / unit, scale: to };
}

const minus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  const lift = (one: Decimal) => one.digits * 10n ** BigInt(scale - one.scale);
  return { digits: lift(a) - lift(b), scale };
};
const times = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, scale: a.scale + b.scale });

/** count × price × (1 − discount), rounded half up to the currency's digits; `percent` is the discount as people type it. Null while anything is no number. */
export function amountOf(count: string, price: string, percent: string): string | null {
  const [pieces, cost, off] = [read(count), read(price), read(percent || "0")];
  if (!pieces || !cost || !off) return null;
  const whole = times(times(pieces, cost), minus(HUNDRED_PERCENT, off));
  return write(rounded({ digits: whole.digits, scale: whole.scale + 2 }, moneyDigits()));
}

/** The tax that an amount contains at a rate (a fraction, as the API has it), rounded half up to the currency's digits; null without a rate. */
export function taxIn(amount: string | null, rate: string | null): string | null {
  const [cost, share] = [read(amount), read(rate)];
  if (!cost || !share) return null;
  const scale = moneyDigits();
  const coins = rounded(cost, scale).digits;
  const whole = 10n ** BigInt(share.scale) + share.digits;
  return write({ digits: (2n * coins * share.digits + whole) / (2n * whole), scale });
}

/** The sum of amounts in the currency's smallest coin; what is no number yet counts nothing. */
export function totalOf(amounts: (string | null)[]): string {
  const scale = moneyDigits();
  const coins = amounts.reduce((sum, one) => sum + rounded(read(one) ?? { digits: 0n, scale: 0 }, scale).digits, 0n);
  return write({ digits: coins, scale });
}

export const difference = (from: string, part: string): string => totalOf([from, `-${part}`]);

/** `7.5` (percent, typed) → `0.075` (fraction, sent); what is no number is sent as it is, and refused at its field. */
export function fractionOf(percent: string): string {
  const off = read(percent || "0");
  return off ? write({ digits: off.digits, scale: off.scale + 2 }) : percent;
}

/** `0.0750` (fraction) → `7.5` (percent). */
export function percentOf(fraction: string): string {
  const found = read(fraction);
  if (!found) return "0";
  const text = write(rounded({ digits: found.digits * 100n, scale: found.scale }, 2));
  return text.replace(/\.?0+$/, "") || "0";
}

/** A price: not below zero, at most two digits after the point. */
export const isPrice = (typed: string): boolean => /^\d+(\.\d{1,2})?$/.test(plain(typed));

/** 0 to 100 with at most two digits after the point, or nothing. */
export function isPercent(typed: string): boolean {
  const text = plain(typed);
  return text === "" || (/^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) <= 100);
}

export const isCount = (typed: string): boolean => /^[1-9]\d{0,9}$/.test(plain(typed));
