import { expect, it } from "vitest";
import { RESTORED } from "@/api/generated/nouns.gen.ts";
import zh from "@/locales/zh-CN/recycle-bin.json?raw";
import { KINDS } from "./kinds.ts";

it("shows every noun whose records go to the bin, customers first, each by its name", () => {
  const { tabs } = JSON.parse(zh) as { tabs: Record<string, string> };
  expect(KINDS[0]).toBe("customers");
  expect([...KINDS].toSorted()).toEqual(Object.keys(RESTORED).toSorted());
  expect(Object.keys(tabs).toSorted()).toEqual([...KINDS].toSorted());
});
