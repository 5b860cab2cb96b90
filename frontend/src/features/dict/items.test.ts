// @vitest-environment happy-dom
import "virtual:words/dict";
import { beforeEach, expect, it } from "vitest";
import type { DictTypeRead } from "@/api/generated/types.gen";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { codeFor, sorted, typeName, usesOf, usesText } from "./items.ts";

beforeEach(() => setLanguage("zh-CN", { keep: false }));

it("makes a code of the English word that nothing else has", () => {
  expect(codeFor("Trade fair", [])).toBe("trade_fair");
  expect(codeFor("  E-mail! ", ["e_mail", "e_mail_2"])).toBe("e_mail_3");
});

it("counts where there is no English word", () => {
  expect([codeFor(null, []), codeFor("展会", ["value_2"])]).toEqual(["value_2", "value_3"]);
});

it("says where a value is used, and that counting stopped", () => {
  const uses = [
    { noun: "customers", field: "source", count: 10_000, is_exact: false },
    { noun: "chances", field: "source", count: 8, is_exact: true },
  ];
  expect(usesText(uses)).toBe("客户 10,000+ 条、销售机会 8 条");
});

it("reads the uses of a refusal and of nothing else", () => {
  const uses = [{ noun: "customers", field: "level", count: 1, is_exact: true }];
  expect(usesOf({ code: "in_use", uses: [...uses, null] })).toEqual(uses);
  expect(usesOf({ code: "protected" })).toBeNull();
});

it("puts customers first and unknown types last", () => {
  const types = ["zzz", "service_type", "level"].map((type) => ({ type, items: [] }) as DictTypeRead);
  expect(sorted(types).map(({ type }) => type)).toEqual(["level", "service_type", "zzz"]);
  expect([typeName("level"), typeName("zzz")]).toEqual(["客户等级", "zzz"]);
});
