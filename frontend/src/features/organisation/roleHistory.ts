// A row of a role's log in words. Pure; names of rights and labels are given.
import { difference } from "./rights.ts";

export interface RoleWords {
  t: (key: string, named?: Record<string, unknown>) => string;
  say: (codes: readonly string[]) => string;
}
const FIELDS = ["name", "code", "description", "data_scope", "flag"];
const codes = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export function told(changes: Record<string, unknown[]>, { t, say }: RoleWords): string[] {
  const history = "organisation.roles.history";
  const value = (field: string, given: unknown): string => {
    if (given === null || given === undefined || given === "") return t(`${history}.empty`);
    if (field === "data_scope") return t(`organisation.roles.scopes.${given}`);
    return field === "flag" ? t(`organisation.people.flags.${given}`) : String(given);
  };
  const facts = FIELDS.filter((field) => field in changes).map((field) => {
    const [before, after] = changes[field] ?? [];
    const named = { field: t(`${history}.fields.${field}`), before: value(field, before), after: value(field, after) };
    return t(before === null ? `${history}.set` : `${history}.change`, named);
  });
  const [before, after] = changes.rights ?? [];
  const { added, removed } = difference(codes(before), codes(after));
  return [
    ...facts,
    ...(changes.copy_of ? [t(`${history}.copied`, { code: changes.copy_of[1] })] : []),
    ...(added.length > 0 ? [t(`${history}.added`, { rights: say(added) })] : []),
    ...(removed.length > 0 ? [t(`${history}.removed`, { rights: say(removed) })] : []),
  ];
}
