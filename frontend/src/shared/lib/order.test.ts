import { expect, it } from "vitest";
import { dropIndex, moved } from "./order.ts";

it("moves an item up and down", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "c", "b"]);
});

it("changes nothing beyond the ends", () => {
  const list = ["a", "b"];
  expect(
    [moved(list, 0, -1), moved(list, 1, 2), moved(list, 5, 0), moved(list, 1, 1)].every((one) => one === list),
  ).toBe(true);
});

it("drops before the upper and after the lower half", () => {
  expect([dropIndex(0, 2, false), dropIndex(0, 2, true), dropIndex(3, 1, false), dropIndex(3, 1, true)]).toEqual([
    1, 2, 1, 2,
  ]);
  expect([dropIndex(1, 1, false), dropIndex(1, 1, true)]).toEqual([1, 1]);
});
