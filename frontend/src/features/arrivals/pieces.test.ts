import { expect, it } from "vitest";
import { piecesOf, problemOf } from "./pieces.ts";

it("reads whole pieces as people type them", () => {
  expect(["12", "1,200", " 5 ", "1，000"].map(piecesOf)).toEqual([12, 1200, 5, 1000]);
  expect(["", "-1", "1.5", "abc", null].map(piecesOf)).toEqual([null, null, null, null, null]);
});

it("lets come what is expected, and no more", () => {
  expect([problemOf(1, 5), problemOf(5, 5), problemOf(6, 5)]).toEqual([null, null, "too_many"]);
  expect([problemOf(0, 5), problemOf(null, 5)]).toEqual(["invalid", "invalid"]);
});
