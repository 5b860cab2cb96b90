// The filters of a noun's list, from what the contract says can be filtered by.
import type { Fact, Noun } from "@/api/generated/nouns.gen.ts";
import { useDict } from "../domain/dict.ts";
import { findPeople } from "../domain/people.ts";
import { t } from "../lib/i18n.ts";
import type { FilterDef } from "../lib/listQuery.ts";
import { titleOf, wordsOf } from "./columns.ts";
import { searchOf } from "./search.ts";

type Choosing = Pick<FilterDef, "kind"> & Partial<FilterDef>;

/** To be called in the setup of a component. A filter that is no fact, or another one than usual, is given whole. */
export function useFilters({ code, facts }: Noun, wanted: readonly (string | FilterDef)[]): FilterDef[] {
  const dict = useDict();
  const option = (key: string, value: string) => ({ value, label: t(`${wordsOf(code, key)}.${value}`) });

  function choosing(key: string, { kind, noun, types, choices, many }: Fact): Choosing {
    const one = many ? "choices" : "choice";
    switch (kind) {
      case "flag":
        return { kind: "flag" };
      case "item":
        return { kind: one, options: () => dict.options(types?.[0] ?? key) };
      case "choice":
      case "choices":
        return { kind: one, options: () => (choices ?? []).map((value) => option(key, value)) };
      case "person":
        return { key: `${key}_id`, kind: one, search: findPeople() };
      case "reference":
        return { key: `${key}_id`, kind: one, search: searchOf(noun ?? key) };
      default:
        throw new Error(`${code}.${key}: no filter for a ${kind}`);
    }
  }

  return wanted.map((one) => {
    if (typeof one !== "string") return one;
    const fact = facts[one];
    if (!fact?.filtered) throw new Error(`${code}.${one} cannot be filtered by`);
    return { key: one, title: titleOf(code, one), ...choosing(one, fact) };
  });
}
