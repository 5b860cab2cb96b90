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
  expect(filled([blank()], 0, "name", text, known).rows).toEqual([
    wang,
    { name: "李强", user_name: "li", roles: "supervisor", department_id: 1 },
  ]);
  expect(filled([wang, wang], 1, "user_name", "a1\na2", known).rows.map(({ user_name }) => user_name)).toEqual([
    "wang@example.com",
    "a1",
    "a2",
  ]);
});

it("goes by a first row of names, in any order", () => {
  const text = "Department\tEmail\tName\n西部\tx@example.com\tXu";
  expect(filled([blank()], 0, "name", text, known).rows).toEqual([
    { name: "Xu", user_name: "x@example.com", roles: "", department_id: 2 },
  ]);
});

it("takes no more rows than one call, and tells how many it left out", () => {
  const people = Array.from({ length: 70 }, (_, n) => `人${n}`).join("\n");
  expect(filled([], 0, "name", people, known)).toMatchObject({ rows: { length: 50 }, over: 20 });
  expect(filled([wang], 1, "name", people, known)).toMatchObject({ rows: { length: 50 }, over: 21 });
});

it("tells what it did not understand, at its cell", () => {
  const text =
    "王芳\twang@example.com\t销售经理\t华南部\n李强\tli\t客户经理\t华东部\t没有此人\n陈晨\tchen\tmanager\t\t没有此人";
  const { rows, lost, over } = filled([blank()], 0, "name", text, known);
  expect(rows[0]).toEqual({ ...wang, roles: "", department_id: null });
  expect(lost).toEqual({
    "people.0.roles": "销售经理",
    "people.0.department_id": "华南部",
    "people.2.department_id": "没有此人",
  });
  expect(over).toBe(0);
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
