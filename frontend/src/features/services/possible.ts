// What a person may probably do with a row of the list, from its state and their rights: the same rules as the server's
// `allowed_actions`, which rows do not carry. The server decides; this only keeps hopeless wishes out of the menus.
import type { ServiceRow } from "@/api/generated/types.gen";
import type { Right, Scope } from "@/api/rights.ts";

export type Step = "assign" | "reassign" | "deal" | "return" | "feedback" | "void" | "chance";

export interface Person {
  id: number;
  scope: (right: Right) => Scope | null;
}

export function possibleSteps(row: ServiceRow, person: Person): Set<Step> {
  const steps = new Set<Step>();
  const add = (yes: boolean, ...names: Step[]) => yes && names.forEach((name) => steps.add(name));
  const has = (right: Right) => person.scope(right) !== null;
  const mine = row.assignee?.id === person.id;
  const open = row.status === "created" || row.status === "assigned";
  add(row.status === "created" && has("services:assign"), "assign");
  add(row.status === "assigned" && mine && has("services:deal"), "deal", "return");
  add(row.status === "assigned" && has("services:assign"), "reassign");
  add(row.status === "dealt" && mine && has("services:feedback"), "feedback");
  add(open && has("services:void"), "void");
  return steps;
}
