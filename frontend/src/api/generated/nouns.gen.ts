// This file is auto-generated from the contract (`x-nouns`): what is known of each noun and of the facts of its records.

import type { Permission as Right } from "./types.gen.ts";

export type Kind =
  | "choice"
  | "choices"
  | "day"
  | "flag"
  | "fraction"
  | "instant"
  | "item"
  | "money"
  | "number"
  | "person"
  | "reference"
  | "text";
export interface Fact {
  kind: Kind;
  /** The kind of record that a reference leads to. */
  noun?: string;
  /** The types of the dictionary whose items it takes. */
  types?: readonly string[];
  /** The closed list of its values. */
  choices?: readonly string[];
  listed?: true;
  sorted?: true;
  filtered?: true;
  /** Its filter takes several. */
  many?: true;
  written?: true;
  required?: true;
  /** It is said once, when the record is made. */
  fixed?: true;
  /** The most characters that it may have. */
  most?: number;
  /** It has a right of its own. */
  guarded?: true;
}
export interface Noun {
  code: string;
  /** The operations that read one, a page of them, and who changed what of one; the right that the first two need. */
  read: string;
  list: string;
  history: string | null;
  right: Right;
  /** The fact that people know a record by. */
  title: string;
  /** How its list goes unless it is asked otherwise. */
  sort: string;
  numbered: boolean;
  binned: boolean;
  /** The right by which others than who deleted a record bring it back from the bin. */
  restore: Right | null;
  searched: boolean;
  facts: Record<string, Fact>;
}

/** What lies in the recycle bin -> the right that brings it back. */
export const RESTORED = {
  "assets": "assets:write",
  "chances": "customers:restore",
  "competitors": "competitors:write",
  "customers": "customers:restore",
  "linkmen": "linkmen:write",
  "orders": "orders:write"
} as const satisfies Record<string, Right>;

/** Noun -> the fact that people know its records by, for who names those of another one. */
export const TITLES: Record<string, string> = {
  "activities": "title",
  "arrivals": "number",
  "assets": "number",
  "chances": "title",
  "competitors": "name",
  "customers": "name",
  "linkmen": "name",
  "losses": "customer",
  "orders": "number",
  "plans": "todo",
  "products": "name",
  "services": "title",
  "storage": "product",
  "users": "name"
};
