// What Kith itself says in data, in the reader's language; else the row's own text.
import type { Told } from "@/api/generated/types.gen";
import { hasKey, t } from "./i18n.ts";

export function toldWords(told: Told | null, otherwise: string): string {
  const key = `common.told.${told?.code}`;
  return told && hasKey(key) ? t(key, { number: "—", order: "—", ...told.facts }) : otherwise;
}
