// The one place that turns instants into the company's days and hours (setting company.timezone), and back; elsewhere a day is
// the text `2026-11-21` and a moment the text `2026-11-21 09:30:05`. Where the browser stands never matters; a law looks.
import { language } from "./i18n.ts";

let zone = "Asia/Shanghai";
export function setTimezone(name: string): void {
  zone = name;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONTHS_A_YEAR = 12;
const two = (number: number) => String(number).padStart(2, "0");

const formats = new Map<string, Intl.DateTimeFormat>();
/** Making an Intl object costs more than a hundred uses of it. */
function clock(of: string): Intl.DateTimeFormat {
  const known = formats.get(of);
  if (known) return known;
  const made = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: of });
  formats.set(of, made);
  return made;
}

export const now = (): Date => new Date();

/** `2026-11-21 09:30:05` on the company's clock, of an instant: what a form holds. */
export function localMoment(at: Date | string = now()): string {
  return clock(zone).format(new Date(at));
}

/** `2026-11-21 09:30` on the company's clock, of an instant: what is shown. */
export const localTime = (at: Date | string = now()): string => localMoment(at).slice(0, 16);

/** The company's day (YYYY-MM-DD) of an instant; today without one. What is a day already stays one. */
export function localDate(at: Date | string = now()): string {
  return typeof at === "string" && isDay(at) ? at : localTime(at).slice(0, 10);
}

/** 0 to 23, on the company's clock. */
export const localHour = (at: Date | string = now()): number => Number(localTime(at).slice(11, 13));

/** Minutes that the company's clock is ahead of UTC at an instant. */
function offsetAt(at: number): number {
  const read = Date.parse(`${clock(zone).format(at).replace(" ", "T")}Z`);
  return Math.round((read - at) / MINUTE);
}

/**
 * What was typed on the company's clock (`2026-11-21 09:30:05`; a day alone is its midnight, the seconds may be missing) as an instant with its offset.
 * A time that comes twice, when clocks go back, is the first; one that clocks leap over is as much later.
 */
export function instantOf(local: string): string {
  const read = Date.parse(`${local.slice(0, 10)}T${local.slice(11) || "00:00"}Z`);
  const [before, after] = [offsetAt(read - DAY), offsetAt(read + DAY)];
  const fits = (offset: number) => offsetAt(read - offset * MINUTE) === offset;
  const taken = fits(before) || !fits(after) ? before : after;
  const at = read - taken * MINUTE;
  const shown = offsetAt(at);
  const ahead = Math.abs(shown);
  const text = new Date(at + shown * MINUTE).toISOString().slice(0, 19);
  return `${text}${shown < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/** Minutes from one instant to another, with their fraction; below zero when it is past. */
export function minutesUntil(at: string, from: Date = now()): number {
  return (Date.parse(at) - from.getTime()) / MINUTE;
}

/** `2026-11-21` of `2026-11-21 09:30`. */
export const dayOfMoment = (local: string): string => local.slice(0, 10);
export const isDay = (text: string): boolean => text.length === 10;
const midnight = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => dayAt(midnight(day) + count * DAY);
export const daysBetween = (from: string, to: string): number => (midnight(to) - midnight(from)) / DAY;

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(midnight(day)).getUTCDay() || 7;

/** The day of these numbers, null when the calendar has none such: 2026-02-30. */
export function dayOf(year: number, month: number, day: number): string | null {
  const found = dayAt(Date.UTC(year, month - 1, day));
  return found === `${year}-${two(month)}-${two(day)}` ? found : null;
}

/** The first day of the month that lies `months` after January of year 0. */
export const firstOfMonth = (months: number): string =>
  dayAt(Date.UTC(Math.floor(months / MONTHS_A_YEAR), months % MONTHS_A_YEAR, 1));

export function weekdayName(weekday: number, length: "short" | "long" = "short"): string {
  const format = new Intl.DateTimeFormat(language(), { weekday: length, timeZone: "UTC" });
  return format.format(new Date(Date.UTC(2024, 0, weekday))); // that year began on a Monday
}

/** UTC+08:00, today. Throws a RangeError for a zone that the browser does not know. */
export function zoneOffset(name: string): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  const part = format.formatToParts().find(({ type }) => type === "timeZoneName")?.value ?? "";
  return part === "GMT" ? "UTC+00:00" : part.replace("GMT", "UTC");
}
