import { expect, it } from "vitest";
import type { ChanceRow } from "@/api/generated/types.gen";
import type { Right, Scope } from "@/api/rights.ts";
import { possibleSteps } from "./possible.ts";

const SELLS: Right[] = ["chances:create", "chances:update", "chances:delete", "chances:close"];
const person = (id: number, scope: Scope, ...rights: Right[]) => ({
  id,
  scope: (right: Right) => (rights.includes(right) ? scope : null),
});
const manager = person(1, "own", ...SELLS);
const supervisor = person(9, "department_tree", ...SELLS, "chances:assign");
const row = (status: string, assignee: number | null, creator = 1) =>
  ({ status, assignee: assignee ? { id: assignee, name: "" } : null, creator: { id: creator, name: "" } }) as ChanceRow;
const steps = (...given: Parameters<typeof possibleSteps>) => [...possibleSteps(...given)].toSorted();

it("lets the creator shape what nobody works on yet", () => {
  expect(steps(row("unassigned", null), manager)).toEqual(["delete", "move", "propose", "update"]);
});

it("lets only the assignee close", () => {
  expect(steps(row("assigned", 1), manager)).toEqual(["fail", "move", "succeed", "update"]);
  expect(steps(row("assigned", 1), supervisor)).toEqual(["move", "reassign", "take_back", "update"]);
});

it("takes the facts away from the creator once somebody else works on it", () => {
  expect(steps(row("assigned", 2, 1), manager)).toEqual([]);
});

it("offers nothing on what is closed, and nothing to who only reads", () => {
  expect(steps(row("succeeded", 1), manager)).toEqual([]);
  expect(steps(row("assigned", 1), person(5, "all"))).toEqual([]);
});
