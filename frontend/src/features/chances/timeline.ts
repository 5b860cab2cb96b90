// The timeline as data: columns for the renderer, and a card moved to another month before the server has spoken.
import type { TimelineRead } from "@/api/generated/types.gen";
import { shiftCard } from "./board.ts";
import type { ChanceQuery } from "./listSpec.ts";

export type Span = TimelineRead["columns"][number];
const ACCENTS: Record<string, string> = { overdue: "var(--danger)", later: "var(--ink-3)", none: "var(--ink-3)" };

export function toMonths(timeline: TimelineRead, title: (column: Span) => string) {
  return timeline.columns.map((column) => ({
    key: column.key,
    title: title(column),
    items: column.items,
    count: column.count,
    amount: column.amount,
    more: column.next_cursor !== null,
    accent: ACCENTS[column.key] ?? "var(--brand)",
  }));
}

/** Only a month has an end at both sides; 以后 and 逾期 are no day that one could promise. */
export const isMonth = ({ first, last }: Pick<Span, "first" | "last">): boolean => first !== null && last !== null;
export const takesCards = (span: Span): boolean => isMonth(span) || span.key === "none";

/** The day in a month that stands for another one: the same day of the month as far as it has one and it is not over. */
export function dayIn({ first, last }: Pick<Span, "first" | "last">, day: string | null): string | null {
  if (!first || !last) return null;
  const wanted = day ? `${last.slice(0, 8)}${day.slice(8)}` : last;
  return wanted < first ? first : wanted > last ? last : wanted;
}

/** What the list is asked for so that it goes on where a column ends: its days, and what was asked for anyway. */
export function restOf(query: ChanceQuery, { key, first, last }: Span): ChanceQuery {
  const status = OPEN.filter((one) => !query.status?.length || query.status.includes(one));
  const rest: ChanceQuery = { ...query, status, sort: "expected_close_date" };
  if (key === "none") return { ...rest, without_close_date: true };
  const from = [query.close_from, first]
    .filter((day) => day != null)
    .toSorted()
    .at(-1);
  const to = [query.close_to, last].filter((day) => day != null).toSorted()[0];
  return { ...rest, ...(from && { close_from: from }), ...(to && { close_to: to }) };
}
const OPEN = ["unassigned", "assigned"] as const;

export function moveMonth(timeline: TimelineRead, id: number, to: string, day: string | null): TimelineRead {
  const columns = shiftCard(timeline.columns, id, to, (card) => ({ ...card, expected_close_date: day }));
  return columns ? { ...timeline, columns } : timeline;
}
