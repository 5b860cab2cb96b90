// What Kith itself says in data, in the reader's language; else the row's own text.
import type { Told } from "@/api/generated/types.gen";
import { hasKey, t } from "./i18n.ts";

/** The reason of a step that takes back the one just made: read in the reader's language. */
export const UNDO = { code: "undo" } as const;

export function toldWords(told: Told | null, otherwise: string): string {
  const key = `common.told.${told?.code}`;
  return told && hasKey(key) ? t(key, { number: "—", order: "—", ...told.facts }) : otherwise;
}

/** A value of the log as a text: of a reason that is a code its words. */
export function inWords(value: unknown, word: (key: string) => string | null = known): string {
  if (typeof value !== "object" || value === null || !("code" in value)) return String(value);
  return word(`common.told.${String(value.code)}`) ?? String(value.code);
}
const known = (key: string) => (hasKey(key) ? t(key) : null);
