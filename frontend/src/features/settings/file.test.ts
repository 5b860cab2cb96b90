// @vitest-environment happy-dom
import "virtual:words/settings";
import { beforeEach, expect, it } from "vitest";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { readFile, wrongIn } from "./file.ts";
import { withDays } from "./levels.ts";

const problem = (pointer: string, code: string, message = "in English") => ({ pointer, code, message });
beforeEach(() => setLanguage("zh-CN", { keep: false }));

it("reads a file of settings and nothing else", () => {
  const settings = { "lost.days": 90 };
  const text = JSON.stringify({ format: "kith-settings", exported_at: "2026-11-22T00:00:00Z", settings, more: 1 });
  expect(readFile(text)).toEqual({ format: "kith-settings", settings });
  for (const other of ["", "{", "null", "[]", "7", '{"format":"kith-settings"}', '{"format":"x","settings":{}}'])
    expect(readFile(other)).toBeNull();
  expect(readFile('{"format":"kith-settings","settings":[]}')).toBeNull();
});

it("names each refused setting once, in the reader's words", () => {
  expect(
    wrongIn([
      problem("/settings/lost.days/int", "int_type"),
      problem("/settings/lost.days/str", "string_type"),
      problem("/settings/company.moon", "unknown_setting"),
      problem("/settings/work.start", "out_of_order"),
      problem("/settings/session.days", "out_of_range"),
      problem("/settings/A~1b/[key]", "odd", "Not a name"),
    ]),
  ).toEqual([
    { name: "lost.days", message: "格式不正确" },
    { name: "company.moon", message: "没有这项设置，或不能用文件转移" },
    { name: "work.start", message: "上班时间要早于下班时间" },
    { name: "session.days", message: "超出允许的范围" },
    { name: "A/b", message: "Not a name" },
  ]);
});

it("keeps days by level in order, without those that are emptied", () => {
  expect(Object.entries(withDays({ regular: 300 }, "major", " 60 "))).toEqual([
    ["major", 60],
    ["regular", 300],
  ]);
  expect(withDays({ regular: 300 }, "regular", "")).toEqual({});
  expect(withDays({}, "major", "6x")).toEqual({ major: "6x" });
});
