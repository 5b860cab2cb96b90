import { expect, it } from "vitest";
import { roleWord } from "./roles.ts";

it("reads a built-in role in the reader's language until somebody renames it", () => {
  expect(roleWord({ code: "manager", name: "客户经理" })).toBe("客户经理");
  expect(roleWord({ code: "manager", name: "客户顾问" })).toBe("客户顾问");
  expect(roleWord({ code: "clerk", name: "内勤" })).toBe("内勤");
});
