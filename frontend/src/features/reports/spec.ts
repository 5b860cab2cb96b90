// What a chart shows of a table: the same numbers, the first rows of a long one.
import type { Column, Table } from "@/api/generated/types.gen";

export interface ChartSpec {
  kind: "bar" | "pie" | "line" | "funnel";
  names: string[];
  series: { name: string; values: number[] }[];
  stacked: boolean;
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
  const rows = table.rows.slice(0, MOST);
  if (table.chart === "none" || !first || rows.length === 0) return null;
  return {
    kind: table.chart,
    names: rows.map((_, at) => names(at)),
    series: columns.map((column) => {
      const place = table.columns.indexOf(column);
      return { name: columnName(column.key), values: rows.map((row) => Number(row.values[place] ?? 0)) };
    }),
    stacked: Boolean(table.series),
    format: (value) => format(value, first),
  };
}
