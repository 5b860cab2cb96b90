// How a noun is shown: the part of its screens that its facts do not tell. The blocks of this folder make them of it.
import type { Component } from "vue";
import type { Noun } from "@/api/generated/nouns.gen.ts";
import type { Right } from "@/api/rights.ts";
import type { FilterDef } from "../lib/listQuery.ts";
import type { Search } from "../domain/search.ts";
import type { Layouts } from "./columns.ts";
import type { Kept } from "./records.ts";

/** What a field of the form has besides what its fact tells. */
export interface FieldLayout {
  /** The whole width. */
  wide?: boolean;
  /** i18n key of what stands below it. */
  hint?: string;
  placeholder?: string;
  /** Reference: which records may be taken; without it all that one sees. */
  search?: Search;
  /** Offered for a record that is there alone: a new one begins with what the server gives it. */
  later?: boolean;
}

/**
 * @typeParam Row A row of the list.
 * @typeParam Read The whole record.
 */
export interface Screen<Row extends Kept, Read extends Row = Row> {
  noun: Noun;
  icon: Component;
  /** Who may make one. */
  writes: Right;
  /** The columns of the list, what is not as usual in each. */
  columns: Layouts<Row>;
  filters: readonly (string | FilterDef)[];
  /** The facts of the page, in groups by name; the first has no title. */
  facts: Record<string, Layouts<Read>>;
  form: Record<string, FieldLayout>;
  /** What the page calls a record, where that is not what people know it by. */
  title?: (row: Read) => string;
}
