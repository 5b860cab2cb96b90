import { describe, expect, it } from "vitest";
import type { RightRead, RoleRow } from "@/api/generated/types.gen";
import { difference, grouped, lacksRead, lost, narrowed, ticked, withRights, wordsOf } from "./rights.ts";

const row = (code: string, text: string, text_en: string, more: Partial<RightRead> = {}): RightRead => ({
  code,
  parent_code: code.includes(":") ? (code.split(":")[0] ?? null) : null,
  type: code.includes(":") ? "action" : "menu",
  text,
  text_en,
  tip: null,
  tip_en: null,
  fields: [],
  ...more,
});
const ROWS = [
  row("customers", "客户", "Customers"),
  row("empty", "空", "Empty"),
  row("products", "产品", "Products"),
  row("customers:read", "客户:查看", "Customers:read"),
  row("customers:finance", "客户:财务信息", "Customers:financial facts", {
    tip: "账号",
    tip_en: "bank",
    fields: ["bank"],
  }),
  row("products:read", "产品:查看", "Products:read"),
  row("products:cost", "产品:成本", "Products:cost"),
];
const zh = grouped(ROWS, true);
const codes = (groups: typeof zh) => groups.flatMap(({ rights }) => rights.map(({ code }) => code));
const role = (code: string, rights: string[], flag: "active" | "disabled" = "active"): RoleRow => ({
  id: 1,
  version: 1,
  code,
  name: code,
  description: null,
  flag,
  data_scope: "own",
  built_in: false,
  people_count: 0,
  allowed_actions: [],
  rights,
});

describe("words", () => {
  it("stand below their module, in the order of the server, in either language", () => {
    expect(zh.map(({ title, rights }) => [title, rights.map(({ word }) => word)])).toEqual([
      ["客户", ["查看", "财务信息"]],
      ["产品", ["查看", "成本"]],
    ]);
    expect(grouped(ROWS, false)[0]?.rights[1]).toMatchObject({
      word: "Financial facts",
      tip: "bank",
      fields: ["bank"],
    });
    expect(wordsOf(zh).get("products:cost")).toBe("产品 · 成本");
  });
});

describe("what is shown", () => {
  it("goes by module, word, code and tip", () => {
    expect(codes(narrowed(zh, "产品"))).toEqual(["products:read", "products:cost"]);
    expect(codes(narrowed(zh, " FINANCE "))).toEqual(["customers:finance"]);
    expect(codes(narrowed(zh, "账号"))).toEqual(["customers:finance"]);
    expect(narrowed(zh, "飞行")).toEqual([]);
  });
  it("is narrowed to the differences", () => {
    expect(codes(narrowed(zh, "", new Set(["products:cost"])))).toEqual(["products:cost"]);
  });
});

describe("ticks", () => {
  it("are all, some or none of a module", () => {
    const all = ["customers:read", "customers:finance"];
    expect(ticked(all, new Set(all))).toBe("all");
    expect(ticked(all, new Set(["customers:read"]))).toBe("some");
    expect(ticked(all, new Set())).toBe("none");
  });
  it("leave no change when taken back", () => {
    const held = ["a:read", "c:read"];
    const on = withRights(held, ["b:read"], true);
    expect(on).toEqual(["a:read", "b:read", "c:read"]);
    expect(withRights(on, ["b:read"], false)).toEqual(held);
    expect(difference(held, on)).toEqual({ added: ["b:read"], removed: [] });
    expect(difference(on, held)).toEqual({ added: [], removed: ["b:read"] });
  });
  it("are doubtful without the right to read", () => {
    const [customers] = zh;
    if (!customers) throw new Error("no group");
    expect(lacksRead(customers, new Set(["customers:finance"]))).toBe(true);
    expect(lacksRead(customers, new Set(["customers:read", "customers:finance"]))).toBe(false);
    expect(lacksRead(customers, new Set())).toBe(false);
  });
});

describe("what I lose", () => {
  const admin = role("admin", ["rbac:write", "users:write"]);
  it("is what no other role of mine in force gives", () => {
    expect(lost([admin], ["admin"], admin, ["users:write"])).toEqual(["rbac:write"]);
    expect(lost([admin, role("spare", ["rbac:write"])], ["admin", "spare"], admin, [])).toEqual(["users:write"]);
    expect(lost([admin, role("spare", ["rbac:write"], "disabled")], ["admin", "spare"], admin, [])).toEqual([
      "rbac:write",
      "users:write",
    ]);
  });
  it("is nothing when the role is not mine", () => {
    expect(lost([admin], ["manager"], admin, [])).toEqual([]);
  });
});
