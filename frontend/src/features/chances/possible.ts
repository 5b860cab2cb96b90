// What a person may probably do with a row of a list, from its state and their rights: the same rules as the server's
// `allowed_actions`, which rows do not carry. The server decides; this only keeps hopeless wishes out of the menus.
import type { ChanceRow } from "@/api/generated/types.gen";
import type { Right, Scope } from "@/api/rights.ts";

export type Step = "update" | "move" | "delete" | "propose" | "assign" | "reassign" | "take_back" | "succeed" | "fail";

export interface Person {
  id: number;
  scope: (right: Right) => Scope | null;
}

/** Beyond `own`, a row that can be seen is nearly always one that the right reaches. */
function reaches(row: ChanceRow, person: Person, right: Right): boolean {
  const scope = person.scope(right);
  if (scope === null) return false;
  return scope !== "own" || (row.assignee ?? row.creator).id === person.id;
}

export function possibleSteps(row: ChanceRow, person: Person): Set<Step> {
  const steps = new Set<Step>();
  const add = (yes: boolean, ...names: Step[]) => yes && names.forEach((name) => steps.add(name));
  const open = row.status === "unassigned" || row.status === "assigned";
  const created = row.creator.id === person.id;
  add(open && reaches(row, person, "chances:update"), "update", "move");
  if (row.status === "unassigned") {
    add(reaches(row, person, "chances:assign"), "assign");
    add(created && person.scope("chances:delete") !== null, "delete");
    add(created && person.scope("chances:create") !== null, "propose");
  }
  if (row.status === "assigned") {
    add(reaches(row, person, "chances:assign"), "reassign", "take_back");
    add(row.assignee?.id === person.id && person.scope("chances:close") !== null, "succeed", "fail");
  }
  return steps;
}
