// What a list knows about a column. The cell is what the kind of the fact says (`dataCell.ts`), `text` where words are made of more
// than one fact, or the grid's slot `#cell-<key>` for anything richer.
import { language } from "./i18n.ts";

export type Kind =
  | "text"
  | "number"
  | "money"
  | "day"
  | "instant"
  | "flag"
  | "person"
  | "reference"
  | "site"
  | "item"
  | "choice";
type Tone = "neutral" | "brand" | "success" | "warning" | "danger" | "violet";

export interface Column<Row> {
  /** The fact of the row. */
  key: string;
  /** Without it a text; a `site` is the address of one. A `day` is also the day of an instant, an `instant` tells the time besides. */
  kind?: Kind;
  /** Reference: the folder of its page, e.g. `/customers`; without it the name alone. */
  under?: string;
  /** Reference: what is said where there is none. */
  otherwise?: (row: Row) => string | undefined;
  /** Item: its type in the dictionary; without it the key. */
  type?: string;
  /** Choice: where its words stand, e.g. `orders.statuses`. */
  words?: string;
  /** Item and choice: shown as a tag, in the colour of the value. */
  tag?: "dot" | "plain";
  tones?: Record<string, Tone>;
  /** Money: where cents matter. */
  full?: boolean;
  /** Day and instant: whether it is red once it is past. */
  deadline?: (row: Row) => boolean;
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
