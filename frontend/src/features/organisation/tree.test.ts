import { describe, expect, it } from "vitest";
import { possibleParents, tree } from "./tree.ts";

const department = (id: number, name: string, parent: number | null = null) => ({
  id,
  name,
  parent: parent === null ? null : { id: parent },
});
const all = [department(3, "C", 2), department(1, "A"), department(2, "B", 1), department(4, "D", 1)];

describe("the tree of departments", () => {
  it("lists everything under its parent", () => {
    expect(tree(all).map((branch) => [branch.department.name, branch.depth, branch.children])).toEqual([
      ["A", 0, 2],
      ["B", 1, 1],
      ["C", 2, 0],
      ["D", 1, 0],
    ]);
  });

  it("shows a department whose parent is out of sight at the top", () => {
    expect(tree([department(9, "X", 8)]).map(({ depth }) => depth)).toEqual([0]);
  });

  it("never offers itself or what is below as a parent", () => {
    expect(possibleParents(all, 2).map((branch) => branch.department.name)).toEqual(["A", "D"]);
    expect(possibleParents(all, null)).toHaveLength(4);
    expect(possibleParents(all, 1)).toEqual([]);
  });
});
