import { expect, it } from "vitest";
import { ApiError } from "@/api/errors.ts";
import { readTwins } from "./twins.ts";

const refused = (code: string, more: object = {}) =>
  new ApiError(409, { type: `/problems/${code}`, title: "", status: 409, ...more });

it("reads likely twins from the problem, whatever else it says", () => {
  const twin = { id: 1, number: "KH1", name: "启明", manager: null };
  const problem = refused("duplicate-customer", { candidates: [twin, "x"], ask: ["王", 3] });
  expect(readTwins(problem)).toEqual({ candidates: [twin], ask: ["王"] });
  expect(readTwins(refused("duplicate-customer"))).toEqual({ candidates: [], ask: [] });
});

it("leaves other refusals alone", () => {
  expect(readTwins(refused("illegal-transition"))).toBeNull();
});
