// The log of a record in words, from what the contract says of its facts.
import { Pencil, Plus, RotateCcw, Trash2 } from "@lucide/vue";
import type { Fact, Noun } from "@/api/generated/nouns.gen.ts";
import { day, instant, money, number } from "../lib/format.ts";
import { hasKey, t } from "../lib/i18n.ts";
import type { Named } from "../domain/names.ts";
import type { ChangedField, Logged, ToldEntry } from "../ui/RecordHistory.vue";
import { titleOf, wordsOf } from "./columns.ts";

interface Names {
  record: (kind: Named, id: number) => string;
  item: (type: string, item: string) => string;
}
const ICONS: Record<string, typeof Pencil> = { create: Plus, delete: Trash2, restore: RotateCcw };
/** Nouns whose records the log can name; of others it says that they changed. */
const NAMED: Record<string, Named> = {
  users: "person",
  customers: "customer",
  products: "product",
  competitors: "competitor",
};

function said(noun: Noun, key: string, fact: Fact, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return "—";
  switch (fact.kind) {
    case "reference":
    case "person": {
      const kind = NAMED[fact.noun ?? ""];
      return kind ? names.record(kind, Number(value)) : t("records.another");
    }
    case "item":
      return names.item(fact.types?.[0] ?? key, String(value));
    case "choice":
      return t(`${wordsOf(noun.code, key)}.${String(value)}`);
    case "flag":
      return t(value ? "common.yes" : "common.no");
    case "money":
      return money(String(value));
    case "day":
      return day(String(value));
    case "instant":
      return instant(String(value));
    case "number":
      return number(Number(value));
    default:
      return String(value);
  }
}

function lines(noun: Noun, changes: Logged["changes"], names: Names): ChangedField[] {
  return Object.entries(changes).flatMap(([field, [before, after]]) => {
    const key = noun.facts[field] ? field : field.replace(/_id$/, "");
    const fact = noun.facts[key];
    if (!fact) return [];
    const had = before !== null && before !== undefined && before !== "";
    const label = t(titleOf(noun.code, key));
    const was = had ? said(noun, key, fact, before, names) : null;
    return [{ field, label, before: was, after: said(noun, key, fact, after, names) }];
  });
}

/** What a step is called: by the noun, else as of all nouns. */
function titled(noun: Noun, action: string): string {
  const keys = [`${noun.code}.did.${action}`, `records.did.${action}`];
  return t(keys.find(hasKey) ?? "records.did.update");
}

export const tellerOf =
  (noun: Noun, names: Names) =>
  (row: Logged): ToldEntry => ({
    title: titled(noun, row.action),
    icon: ICONS[row.action] ?? Pencil,
    lines: row.action === "create" ? [] : lines(noun, row.changes, names),
  });
