// What a chart shows of a table: the same numbers, the first rows of a long one.
import type { Column, Table, TableRow } from "@/api/generated/types.gen";
import { localDate } from "@/shared/lib/time.ts";

export interface ChartSpec {
  kind: "bar" | "pie" | "line" | "funnel";
  names: string[];
  series: { name: string; values: (number | null)[] }[];
  /** What was aimed at, drawn across what was reached: a line through months, a mark at each person. */
  goal: { name: string; values: (number | null)[] } | null;
  /** The rows are months, which go from left to right however many they are. */
  months: boolean;
  stacked: boolean;
  /** Only whole numbers have a place on the axis. */
  whole: boolean;
  format: (value: string) => string;
}
const MOST = 15;

/** Which columns a chart draws: all items of a cross table, else the one that was chosen. */
export function drawn(table: Table, chosen: string): Column[] {
  if (table.series) return table.columns.filter((column) => column.key !== "count");
  const found = table.columns.find((column) => column.key === chosen) ?? table.columns[0];
  return found ? [found] : [];
}

export function specOf(
  table: Table,
  chosen: string,
  names: (at: number) => string,
  columnName: (key: string) => string,
  format: (value: string, column: Column) => string,
): ChartSpec | null {
  const columns = drawn(table, chosen);
  const [first] = columns;
  const [rows, name] = table.dimension === "month" ? byMonth(table) : [table.rows.slice(0, MOST), names];
  if (table.chart === "none" || !first || rows.length === 0) return null;
  return {
    kind: table.chart,
    names: rows.map((_, at) => name(at)),
    series: columns.map((column) => {
      const place = table.columns.indexOf(column);
      return { name: columnName(column.key), values: rows.map((row) => numberOf(row, place)) };
    }),
    goal: goalOf(table, first, rows, columnName),
    months: table.dimension === "month",
    stacked: Boolean(table.series),
    whole: columns.every((column) => column.kind === "count"),
    format: (value) => format(value, first),
  };
}

/** Only what was reached stands against a goal, not how much of it that is. */
function goalOf(
  table: Table,
  shown: Column,
  rows: (TableRow | null)[],
  columnName: (key: string) => string,
): ChartSpec["goal"] {
  const place = table.columns.findIndex(({ key }) => key === "goal");
  if (place < 0 || shown.key !== "actual") return null;
  const values = rows.map((row) => numberOf(row, place));
  return values.every((value) => !value) ? null : { name: columnName("goal"), values };
}

/** A ratio over nothing is a gap, not a nought. */
function numberOf(row: TableRow | null, place: number): number | null {
  if (!row) return 0;
  const value = row.values[place];
  return value === null || value === undefined ? null : Number(value);
}

/** Every month from the first to the last (`2026-01`), also those of which the table has no row; none that is still to come. */
function byMonth(table: Table): [(TableRow | null)[], (at: number) => string] {
  const rows = new Map(table.rows.map((row) => [row.key, row]));
  const keys = [...rows.keys()].toSorted();
  const [start, end] = [keys[0] ?? "", keys.at(-1) ?? ""].map(placeOf) as [number, number];
  const last = Math.min(end, placeOf(localDate()));
  const months = Array.from({ length: Math.max(0, last - start + 1) }, (_, at) => monthAt(start + at));
  return [months.map((month) => rows.get(month) ?? null), (at) => months[at] ?? ""];
}
const YEAR = 12;
const placeOf = (month: string) => Number(month.slice(0, 4)) * YEAR + Number(month.slice(5, 7)) - 1;
const monthAt = (place: number) => `${Math.floor(place / YEAR)}-${String((place % YEAR) + 1).padStart(2, "0")}`;

/** Narrow tables stand side by side, a wide one takes the whole line. */
export const wide = (table: Table): boolean => table.columns.length >= WIDE;
export const paired = (tables: Table[]): boolean => tables.filter((table) => !wide(table)).length > 1;
const WIDE = 4;
