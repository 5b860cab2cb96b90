import { expect, it } from "vitest";
import { changeOf, problemOf, signed } from "./amounts.ts";

it("reads signed numbers as people type them", () => {
  expect(["12", "+12", "-3", "－3", "1,200", " 5 "].map(changeOf)).toEqual([12, 12, -3, -3, 1200, 5]);
  expect(["", "1.5", "abc", "--1", null].map(changeOf)).toEqual([null, null, null, null, null]);
});

it("says why a change is not possible", () => {
  const place = { count: 10, reserved: 4 };
  expect(problemOf(null, place)).toBe("invalid");
  expect(problemOf(0, place)).toBe("zero");
  expect(problemOf(-11, place)).toBe("below_zero");
  expect(problemOf(-7, place)).toBe("reserved");
  expect(problemOf(-6, place)).toBeNull();
  expect(problemOf(1, place)).toBeNull();
});

it("writes the sign of both directions", () => {
  expect([signed(3, String), signed(-3, String)]).toEqual(["+3", "−3"]);
});
