// The records behind a number: which number it was, and where each of its records is read.
import type { Column, DrillRow, Table, TableRow } from "@/api/generated/types.gen";
import type { ReportFilters } from "./useAsked.ts";

export interface Opened {
  table: Table;
  row: TableRow;
  column: string;
}

/** What the server is asked: the report's own filters and the place of the number; the total stands for the whole table. */
export function questionOf(opened: Opened, filters: ReportFilters) {
  const { table, row, column } = opened;
  return { ...filters, table: table.key, column, ...(row.key === "total" ? {} : { key: row.key }) };
}

/** The number itself, and whether it counts the records; a sum or a mean only rests on them. */
export function numberOf({ table, row, column }: Opened): { value: string | null; kind: Column["kind"] } {
  const place = table.columns.findIndex((one) => one.key === column);
  return { value: row.values[place] ?? null, kind: table.columns[place]?.kind ?? "count" };
}

/** A goal is aimed at, and a share is a relation: neither has records of its own. */
export function opens(column: Column, value: string | null | undefined): boolean {
  return column.key !== "goal" && column.kind !== "percent" && Number(value ?? 0) > 0;
}

const PAGES = new Set<DrillRow["noun"]>(["chances", "customers", "orders", "services", "losses"]);

/** The page of a record; an activity is read with its customer, and a plan item with its chance. */
export function pathOf(row: DrillRow): string | null {
  if (PAGES.has(row.noun)) return `/${row.noun}/${row.id}`;
  if (row.chance) return `/chances/${row.chance.id}`;
  return row.noun === "activities" && row.customer ? `/customers/${row.customer.id}` : null;
}
