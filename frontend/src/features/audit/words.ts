// A row of the log in words. Pure: what a word is called is given.
import type { LogRow } from "@/api/generated/types.gen";

export interface Change {
  field: string;
  before: string;
  after: string;
}

export interface Words {
  /** The word of a key, null where there is none. */
  word: (key: string) => string | null;
  empty: string;
  /** What stands for a value that was erased, or is not for the reader. */
  hidden: string;
}

const camel = (name: string) =>
  name.replace(/_id$/, "").replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** A field's name as its page has it, else as the API calls it. */
export function fieldName(entity: string, field: string, { word }: Words): string {
  const places = [`${entity}.fields.${field}`, `${entity}.${field}`, `${entity}.${camel(field)}`];
  return places.map(word).find((found) => found !== null) ?? field;
}

function valueText(value: unknown, words: Words): string {
  if (value === null || value === undefined || value === "") return words.empty;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a row changed; values that are gone on both sides were erased, or are not shown. */
export function changesOf(row: Pick<LogRow, "entity" | "changes">, words: Words): Change[] {
  return Object.entries(row.changes).map(([field, [before, after]]) => {
    const gone = before === null && after === null;
    return {
      field: fieldName(row.entity, field, words),
      before: gone ? words.hidden : valueText(before, words),
      after: gone ? words.hidden : valueText(after, words),
    };
  });
}

/** One line: `金额: 5 → 8；阶段: …` */
export const inOneLine = (changes: Change[], empty: string): string =>
  changes
    .map(({ field, before, after }) => `${field}: ${before === empty ? after : `${before} → ${after}`}`)
    .join("; ");

const PAGES: Record<string, string> = {
  chances: "/chances/",
  customers: "/customers/",
  linkmen: "/linkmen/",
  losses: "/losses/",
  orders: "/orders/",
  products: "/products/",
  rbac: "/roles/",
  services: "/services/",
};

/** The page of the record that a row tells of, if it has one. */
export const pageOf = (row: Pick<LogRow, "entity" | "entity_id">): string | null =>
  row.entity_id && PAGES[row.entity] ? `${PAGES[row.entity]}${row.entity_id}` : null;
