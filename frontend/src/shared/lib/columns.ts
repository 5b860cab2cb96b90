// What a list knows about a column. The cell is `text`, or the grid's slot `#cell-<key>` for anything richer.
import { language } from "./i18n.ts";

export interface Column<Row> {
  key: string;
  /** i18n key. */
  title: string;
  /** Pixels; `grow` columns share what is left. */
  width: number;
  /** The same where English words need another one. */
  english?: number;
  grow?: boolean;
  align?: "end";
  /** The sort key of the API; `true` when it is the same as `key`. */
  sort?: string | true;
  text?: (row: Row) => string | number | null | undefined;
  /** Hidden until chosen. */
  optional?: boolean;
  /** Where it stands on the phone's card, in a list that says so of some: the others are left out of it (`RowCard`). */
  card?: "whose" | "line" | "end" | "muted";
  /** Left out of the phone's card. */
  noCard?: boolean;
}

export const widthOf = (column: { width: number; english?: number }): number =>
  (language() === "en-US" && column.english) || column.width;

export const sortKey = (column: { key: string; sort?: string | true }): string | null =>
  column.sort === true ? column.key : (column.sort ?? null);

/** none → ascending → descending → ascending … a list is never unsorted. */
export function nextSort(present: string | null, key: string): string {
  return present === key ? `-${key}` : key;
}

export function ariaSort(present: string | null, key: string | null): "ascending" | "descending" | undefined {
  if (!key || !present) return undefined;
  return present === key ? "ascending" : present === `-${key}` ? "descending" : undefined;
}
