import { describe, expect, it } from "vitest";
import type { DepartmentRow } from "@/api/generated/types.gen";
import { asked, below, monthOf } from "./periodic.ts";

const department = (id: number, parent: number | null) =>
  ({ id, name: `${id}`, parent: parent ? { id: parent, name: `${parent}` } : null }) as DepartmentRow;

describe("the customer report", () => {
  it("is issued for a department with all below it", () => {
    const all = [department(4, 3), department(1, null), department(2, 1), department(3, 1)];
    expect(below(all, 1).map(({ id }) => id)).toEqual([4, 1, 2, 3]);
    expect(below(all, 3).map(({ id }) => id)).toEqual([4, 3]);
  });
  it("is listed by its status, or all of them", () => {
    expect(asked({ tab: "draft", month: "2026-10-01" })).toEqual({ status: "draft", month: "2026-10-01" });
    expect(asked({ tab: "all" })).toEqual({});
  });
  it("names its month", () => expect(monthOf("2026-10-01")).toBe("2026-10"));
});
