import { expect, it } from "vitest";
import { told } from "./roleHistory.ts";

const words = {
  t: (key: string, named: Record<string, unknown> = {}) =>
    [key.split(".").slice(3).join(".") || key.split(".").at(-1), ...Object.values(named)].join("|"),
  say: (codes: readonly string[]) => codes.join("+"),
};

it("tells which rights came and went", () => {
  const changes = {
    rights: [
      ["a:read", "b:read"],
      ["b:read", "c:read"],
    ],
  };
  expect(told(changes, words)).toEqual(["added|c:read", "removed|a:read"]);
});

it("tells facts with both sides, and a new role with what it starts from", () => {
  expect(told({ data_scope: ["own", "all"] }, words)).toEqual(["change|fields.data_scope|own|all"]);
  const made = { rights: [null, ["a:read"]], copy_of: [null, "manager"], name: [null, "内勤"] };
  expect(told(made, words)).toEqual(["set|fields.name|empty|内勤", "copied|manager", "added|a:read"]);
});
