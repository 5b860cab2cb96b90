// The records behind a number: which number it was, and where each of its records is read.
import type { DrillRow, Table, TableRow } from "@/api/generated/types.gen";
import type { ReportFilters } from "./useReport.ts";

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

/** The number itself, which the records have to add up to. */
export function countOf({ table, row, column }: Opened): number {
  return Number(row.values[table.columns.findIndex((one) => one.key === column)] ?? 0);
}

const PAGES = new Set<DrillRow["noun"]>(["chances", "customers", "orders", "services", "losses"]);

/** The page of a record; an activity is read with its customer, and a plan item with its chance, which has to be asked for. */
export function pathOf(row: DrillRow): string | null {
  if (PAGES.has(row.noun)) return `/${row.noun}/${row.id}`;
  return row.noun === "activities" && row.customer ? `/customers/${row.customer.id}` : null;
}
