// How numbers, money and time read. Money stays a decimal string: Intl formats the string itself, so no cent is lost to a float.
import { language } from "./i18n.ts";
import { daysBetween, localDate, localTime, minutesUntil, now as present, setTimezone } from "./time.ts";

const settings = { currency: "CNY" };
export function setFormats({ timezone, currency }: { timezone: string; currency: string }): void {
  setTimezone(timezone);
  settings.currency = currency;
}

type Amount = string | number | null | undefined;
const DASH = "—";
const DAY_MINUTES = 1440;
const absent = (value: unknown): value is null | undefined | "" =>
  value === null || value === undefined || value === "";

const cache = new Map<string, unknown>();
/** Making an Intl object costs more than a hundred uses of it. */
function cached<Format>(key: string, make: () => Format): Format {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key) as Format;
}
function numbers(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(`n:${name}:${language()}:${settings.currency}`, () => new Intl.NumberFormat(language(), options));
}

function moneyFormat(): Intl.NumberFormat {
  return numbers("money", { style: "currency", currency: settings.currency, currencyDisplay: "narrowSymbol" });
}

/** ¥1,234,567.00; ¥1,234,567 in a currency without decimals. */
export function money(value: Amount): string {
  return absent(value) ? DASH : moneyFormat().format(value as `${number}`);
}

/** How many digits after the point the installation's currency has: 2, none for yen and won. */
export function moneyDigits(): number {
  return moneyFormat().resolvedOptions().maximumFractionDigits ?? 2;
}

/** What amounts are typed in, in the reader's language: 人民币, 日元, Japanese Yen. */
export function currencyName(): string {
  const names = cached(`c:${language()}`, () => new Intl.DisplayNames(language(), { type: "currency" }));
  return names.of(settings.currency) ?? settings.currency;
}

/** 123.5万, 1.2亿; in English 1.23M. The full figure belongs in the title beside it. */
export function moneyShort(value: Amount): string {
  if (absent(value)) return DASH;
  const format = numbers("short", {
    style: "currency",
    currency: settings.currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    maximumFractionDigits: language() === "zh-CN" ? 1 : 2,
  });
  return format.format(value as `${number}`);
}

export function number(value: Amount): string {
  return absent(value) ? DASH : numbers("plain", {}).format(value as `${number}`);
}

/** A rate from 0 to 100. */
export function percent(value: Amount): string {
  return absent(value) ? DASH : `${number(value)}%`;
}

/** "10,000+" when the server stopped counting there. */
export function total(count: number, exact: boolean): string {
  return exact ? number(count) : `${number(count)}+`;
}

/** A business day, or the company's day of an instant, `2026-11-21`: the one form that nobody in either language misreads. */
export function day(value: string | null | undefined): string {
  if (absent(value)) return DASH;
  return localDate(value);
}

/** A day beside a number: `12-01` in this year, else the whole date. */
export function shortDay(value: string | null | undefined, today: string = localDate()): string {
  if (absent(value)) return DASH;
  const shown = localDate(value);
  return shown.slice(0, 4) === today.slice(0, 4) ? shown.slice(5) : shown;
}

/** An instant in the company's time zone, `2026-11-21 09:30`. */
export function instant(value: string | null | undefined): string {
  return absent(value) ? DASH : localTime(value);
}

/** 3 分钟前, 昨天, in words; falls back to the day beyond two months. */
export function relative(value: string | null | undefined, now: Date = present()): string {
  if (absent(value)) return DASH;
  const words = relativeWords();
  const minutes = Math.round(minutesUntil(value, now));
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  const days = daysBetween(localDate(now), localDate(value));
  if (Math.abs(minutes) < DAY_MINUTES && Math.abs(days) < 2) return words.format(Math.round(minutes / 60), "hour");
  return Math.abs(days) > 60 ? localDate(value) : words.format(days, "day");
}

/** 今天, 明天, 3 天后 for a business day; the date itself beyond two weeks. */
export function relativeDay(value: string | null | undefined, today: string = localDate()): string {
  if (absent(value)) return DASH;
  const days = daysBetween(today, value);
  if (Math.abs(days) > 14) return day(value);
  return relativeWords().format(days, "day");
}

const relativeWords = () =>
  cached(`r:${language()}`, () => new Intl.RelativeTimeFormat(language(), { numeric: "auto" }));
