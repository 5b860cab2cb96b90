// Which facts of a customer a person sees and must give: what the administrator decided, and who may see the finances.
import { useSession } from "@/shared/domain/session.ts";
import { FIELDS, type Field } from "./fields.ts";

export const RULES = ["optional", "required", "hidden"] as const;
export type Rule = (typeof RULES)[number];

export interface FieldRules {
  shown: (name: string) => boolean;
  required: (name: string) => boolean;
  /** What stands in forms and on pages; without the finances for who may not see them. */
  fields: (finance: boolean) => Field[];
}

export function fieldRules(required: readonly string[], hidden: readonly string[]): FieldRules {
  const shown = (name: string) => !hidden.includes(name);
  return {
    shown,
    required: (name) => name === "name" || (required.includes(name) && shown(name)),
    fields: (finance) => FIELDS.filter(({ name, group }) => shown(name) && (finance || group !== "finance")),
  };
}

/** The rules in force for whoever is signed in. */
export function useFieldRules(): FieldRules {
  const { me } = useSession();
  return fieldRules(me?.customers_required ?? [], me?.customers_hidden ?? []);
}

export interface Lists {
  required: string[];
  hidden: string[];
}
export type ListName = keyof Lists;

/** The lists as one rule for each field. */
export const rulesOf = (names: readonly string[], lists: Lists): Record<string, Rule> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      lists.required.includes(name) ? "required" : lists.hidden.includes(name) ? "hidden" : "optional",
    ]),
  );

const listed = (rules: Record<string, Rule>, rule: Rule): string[] =>
  Object.keys(rules).filter((name) => rules[name] === rule);

/** The writes that lead from the present lists to the new rules; at no moment is a field on both lists. */
export function writes(now: Lists, rules: Record<string, Rule>): [ListName, string[]][] {
  const required = listed(rules, "required");
  const steps: [ListName, string[]][] = [
    ["required", required.filter((name) => !now.hidden.includes(name))],
    ["hidden", listed(rules, "hidden")],
    ["required", required],
  ];
  const present = { ...now };
  return steps.filter(([name, list]) => {
    const same = list.toSorted().join() === present[name].toSorted().join();
    present[name] = list;
    return !same;
  });
}
