import { expect, it } from "vitest";
import { branchesOf, parentsFor, pathsOf } from "./tree.ts";

const rows = [
  { id: 3, name: "C", parent: { id: 2 } },
  { id: 1, name: "A", parent: null },
  { id: 2, name: "B", parent: { id: 1 } },
  { id: 4, name: "D", parent: null },
  { id: 5, name: "E", parent: { id: 99 } },
];

it("puts each row under its parent, and orphans at the top", () => {
  expect(branchesOf(rows).map(({ row, depth, children }) => [row.name, depth, children])).toEqual([
    ["A", 0, 1],
    ["B", 1, 1],
    ["C", 2, 0],
    ["D", 0, 0],
    ["E", 0, 0],
  ]);
});

it("lets a row hang anywhere but below itself", () => {
  expect(parentsFor(rows, 1).map(({ row }) => row.name)).toEqual(["D", "E"]);
  expect(parentsFor(rows, 3).map(({ row }) => row.name)).toEqual(["A", "B", "D", "E"]);
  expect(parentsFor(rows, null)).toHaveLength(5);
});

it("names the way to each", () => {
  expect(pathsOf(rows).map(({ path }) => path)).toEqual(["A", "A / B", "A / B / C", "D", "E"]);
});
