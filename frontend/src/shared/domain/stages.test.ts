import { expect, it, vi } from "vitest";

vi.mock("../lib/i18n.ts", () => ({ nameIn: ({ name }: { name: string }) => name }));
const { distinct } = await import("./stages.ts");

const process = (name: string, revision: number, retired: boolean, ...stages: string[]) => ({
  name,
  name_en: null,
  revision,
  retired,
  stages: stages.map((stage) => ({ name: stage, name_en: null })),
});

it("tells the process and revision of stages that share a name", () => {
  const found = distinct([process("直销", 2, false, "接触", "报价"), process("直销", 1, true, "接触")]);
  expect(found.map((one) => one.alone)).toEqual(["接触 · 直销", "报价", "接触 · 直销 v1"]);
  expect(found.map((one) => one.label)).toEqual(["接触", "报价", "接触"]);
});
