import { expect, it } from "vitest";
import { byModule } from "./rights.ts";

it("gathers the actions of a module", () => {
  expect(byModule(["customers:read", "audit:read", "customers:update"])).toEqual([
    { module: "customers", actions: ["read", "update"] },
    { module: "audit", actions: ["read"] },
  ]);
});
