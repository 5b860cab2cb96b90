import { describe, expect, it } from "vitest";
import { FIELDS } from "./fields.ts";
import { fieldRules, type Lists, type Rule, rulesOf, writes } from "./rules.ts";

const names = (finance: boolean) =>
  fieldRules(["tel"], ["fax"])
    .fields(finance)
    .map(({ name }) => name);
const lists = (rules: Record<string, Rule>): Lists => ({
  required: Object.keys(rules).filter((name) => rules[name] === "required"),
  hidden: Object.keys(rules).filter((name) => rules[name] === "hidden"),
});

describe("what a form shows", () => {
  it("leaves out what is hidden, and the finances for who may not see them", () => {
    expect(names(true)).toEqual(FIELDS.map(({ name }) => name).filter((name) => name !== "fax"));
    expect(names(false)).toContain("credit_code");
    for (const name of ["turnover", "registered_capital", "bank", "bank_account", "local_tax_no", "payment_days"])
      expect(names(false)).not.toContain(name);
  });

  it("marks what must be given; the name always", () => {
    const rules = fieldRules(["tel", "fax"], ["fax"]);
    expect(["name", "tel", "fax", "level"].filter(rules.required)).toEqual(["name", "tel"]);
  });
});

describe("the writes to two lists", () => {
  const FACTS = ["tel", "fax", "level", "zip"];
  const all = ["optional", "required", "hidden"] as const satisfies Rule[];
  const every = all.flatMap((a) => all.flatMap((b) => all.map((c) => ({ tel: a, fax: b, level: c }))));

  it("lead from any rules to any others, and never put a field on both", () => {
    for (const before of every)
      for (const after of every) {
        const now = lists(before);
        for (const [name, list] of writes(lists(before), after)) {
          now[name] = list;
          expect(now.required.filter((one) => now.hidden.includes(one))).toEqual([]);
        }
        expect(rulesOf(Object.keys(after), now)).toEqual(after);
      }
  });

  it("write nothing where nothing changes", () => {
    const stored = { required: ["level", "tel"], hidden: ["fax"] };
    expect(writes(stored, rulesOf(FACTS, stored))).toEqual([]);
    expect(writes(stored, { ...rulesOf(FACTS, stored), zip: "hidden" })).toEqual([["hidden", ["fax", "zip"]]]);
  });
});
