// What a search of records by name gives to a picker or a filter. `#7` asks for the name of one that is known by its id.
import type { Option } from "../lib/listQuery.ts";

export type Search = (word: string, signal: AbortSignal) => Promise<Option[]>;

/** What a list is asked for part of a name, or for its first few rows. */
export const asked = (word: string) => (word ? { q: word, limit: 20 } : { limit: 20 });
export const option = (id: number, label: string, detail?: string | null): Option => ({
  value: String(id),
  label,
  ...(detail ? { detail } : {}),
});
