import { describe, expect, it } from "vitest";
import { type Person, tree } from "./tree.ts";

const person = (id: number, superior: number | null = null, more: Partial<Person> = {}): Person => ({
  id,
  name: `P${id}`,
  is_primary: false,
  status: "active",
  superior: superior === null ? null : { id: superior, name: `P${superior}` },
  ...more,
});
const shape = (people: Person[]) => tree(people).map((branch) => [branch.person.id, branch.depth]);

describe("the tree of contacts", () => {
  it("puts people under their superior and the primary contact first", () => {
    expect(shape([person(1), person(2, 1), person(3, null, { is_primary: true }), person(4, 2)])).toEqual([
      [3, 0],
      [1, 0],
      [2, 1],
      [4, 2],
    ]);
  });

  it("puts those who left behind the others", () => {
    expect(shape([person(1, null, { status: "left" }), person(2)])).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  it("loses nobody when the superior is elsewhere or the chain is a circle", () => {
    expect(shape([person(1, 9)])).toEqual([[1, 0]]);
    expect(shape([person(1, 2), person(2, 1)]).map(([id]) => id)).toEqual([1, 2]);
    expect(shape([person(1, 1)])).toEqual([[1, 0]]);
  });
});
