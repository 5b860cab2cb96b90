// Records of any noun by a word, for pickers and filters.
import { asked, option, type Search } from "../domain/search.ts";
import { type Kept, nameOf, recordsOf } from "./records.ts";

/** What tells two of one name apart: the first of these that a row has, unless the picker says what does. */
const BESIDE = ["code", "manager", "customer", "customer_name", "number"];

function beside(row: object, keys: readonly string[]): string | null {
  const values = keys.map((key) => Reflect.get(row, key) as string | { name: string } | null | undefined);
  const found = values.find(Boolean) ?? null;
  return typeof found === "object" ? (found?.name ?? null) : found;
}

/**
 * @param only Which of them may be taken, as the list of the noun is asked for it.
 * @param apart What tells them apart there: of one customer's contacts not the customer.
 */
export function searchOf(code: string, only: Record<string, unknown> = {}, apart = BESIDE): Search {
  const records = recordsOf<Kept>(code);
  const optionOf = (row: Kept) => option(row.id, nameOf(code, row), beside(row, apart));
  return async (word, signal) => {
    if (word.startsWith("#")) return [optionOf(await records.read(Number(word.slice(1)), signal))];
    const page = await records.page<Kept>({ ...only, ...asked(word) }, signal);
    return page.items.map(optionOf);
  };
}
