// Records of any noun by a word, for pickers and filters.
import { asked, option, type Search } from "../domain/search.ts";
import { type Kept, nameOf, recordsOf } from "./records.ts";

/** What tells two of one name apart: the first of these that a row has. */
const BESIDE = ["code", "manager", "customer", "customer_name", "number"];

function beside(row: object): string | null {
  const values = BESIDE.map((key) => Reflect.get(row, key) as string | { name: string } | null | undefined);
  const found = values.find(Boolean) ?? null;
  return typeof found === "object" ? (found?.name ?? null) : found;
}

const optionOf = (code: string, row: Kept) => option(row.id, nameOf(code, row), beside(row));

/** `only`: which of them may be taken, as the list of the noun is asked for it. */
export function searchOf(code: string, only: Record<string, unknown> = {}): Search {
  const records = recordsOf<Kept>(code);
  return async (word, signal) => {
    if (word.startsWith("#")) return [optionOf(code, await records.read(Number(word.slice(1)), signal))];
    const page = await records.page<Kept>({ ...only, ...asked(word) }, signal);
    return page.items.map((row) => optionOf(code, row));
  };
}
