import { expect, it } from "vitest";
import type { Invited } from "@/api/generated/types.gen";
import { blank, faults, filled, type Known, sheet, written } from "./invite.ts";

const known: Known = {
  roles: [
    { code: "manager", word: "Account manager", name: "客户经理" },
    { code: "supervisor", word: "Sales supervisor", name: "销售主管" },
  ],
  departments: [
    { id: 1, name: "华东部", leader: { id: 9, name: "林主管" } },
    { id: 2, name: "西部", leader: null },
  ],
};
const wang = { name: "王芳", user_name: "wang@example.com", roles: "manager", department_id: 1 };

it("reads a sheet from the cell it is pasted at, and words for roles and departments", () => {
  const text = "王芳\twang@example.com\t客户经理\t华东部\r\n李强\tli\tsupervisor\t\t林主管\n";
  expect(filled([blank()], 0, "name", text, known)).toEqual([
    wang,
    { name: "李强", user_name: "li", roles: "supervisor", department_id: 1 },
  ]);
  expect(filled([wang, wang], 1, "user_name", "a1\na2", known).map(({ user_name }) => user_name)).toEqual([
    "wang@example.com",
    "a1",
    "a2",
  ]);
});

it("goes by a first row of names, in any order", () => {
  const text = "Department\tEmail\tName\n西部\tx@example.com\tXu";
  expect(filled([blank()], 0, "name", text, known)).toEqual([
    { name: "Xu", user_name: "x@example.com", roles: "", department_id: 2 },
  ]);
});

it("takes no more rows than one call", () => {
  expect(filled([], 0, "name", Array.from({ length: 70 }, (_, n) => `人${n}`).join("\n"), known)).toHaveLength(50);
});

it("tells what is wrong at which cell", () => {
  expect(
    faults([wang, { ...wang, name: "", user_name: "WANG@example.com", roles: "" }, { ...wang, user_name: "a b" }]),
  ).toEqual({
    "people.0.user_name": "repeated",
    "people.1.name": "required",
    "people.1.roles": "required",
    "people.1.user_name": "repeated",
    "people.2.user_name": "login",
  });
});

it("sends a mail address as mail too, and a log-in name alone", () => {
  expect(written(wang, "en-US")).toMatchObject({
    email: "wang@example.com",
    user_name: "wang@example.com",
    language: "en-US",
  });
  expect(written({ ...wang, user_name: " li " }, undefined)).toMatchObject({ email: null, user_name: "li" });
});

it("writes a sheet that runs nothing", () => {
  const one: Invited = { id: 1, name: '=A1"', user_name: "li", outcome: "created", link: null };
  expect(sheet(["姓名", "登录名", "链接"], [one])).toBe('\uFEFF"姓名","登录名","链接"\r\n"\'=A1""","li",""');
});
