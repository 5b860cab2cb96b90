// Days off as people write them: one a line, with a name, or a span of them; what cannot be read is handed back.
import type { MarkedDayRead } from "@/api/generated/types.gen";
import { addDays, dayOf, daysBetween } from "@/shared/lib/time.ts";

const DATE = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const LINE = new RegExp(
  String.raw`^${DATE}(?:\s*(?:~|～|-|–|—|至|到|to)+\s*${DATE})?(?:[\s,，;；:：]*([^-\s\d~～–—,，;；:：].*))?$`,
);
const LONGEST_SPAN = 31;
const LONGEST_NAME = 80;

/** A day that exists; 2026-02-30 does not. */
const dayIn = (parts: (string | undefined)[]) => {
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  return dayOf(year, month, day);
};

function daysOf(line: string): MarkedDayRead[] | null {
  const found = LINE.exec(line);
  if (!found) return null;
  const from = dayIn(found.slice(1, 4));
  const to = found[4] ? dayIn(found.slice(4, 7)) : from;
  if (!from || !to) return null;
  const name = found[7]?.trim() || null;
  const count = daysBetween(from, to) + 1;
  if (!(count >= 1 && count <= LONGEST_SPAN) || (name?.length ?? 0) > LONGEST_NAME) return null;
  return Array.from({ length: count }, (_, n) => ({ date: addDays(from, n), name }));
}

export function readLines(text: string): { days: MarkedDayRead[]; unread: string[] } {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const read = lines.map((line) => ({ line, days: daysOf(line) }));
  return {
    days: read.flatMap(({ days }) => days ?? []),
    unread: read.filter(({ days }) => !days).map(({ line }) => line),
  };
}

/** In their order, each once: a day named again takes the new name. */
export function merged(days: MarkedDayRead[], more: MarkedDayRead[]): MarkedDayRead[] {
  const all = new Map([...days, ...more].map((day) => [day.date, day]));
  return [...all.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}
