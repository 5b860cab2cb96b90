import { describe, expect, it } from "vitest";
import { nameIn } from "./files.ts";

describe("the name of a file", () => {
  it("is the one in UTF-8", () => {
    const header = "attachment; filename=\"report.xlsx\"; filename*=UTF-8''%E5%AE%A2%E6%88%B7%202026.xlsx";
    expect(nameIn(header, "x")).toBe("客户 2026.xlsx");
  });
  it("is else the plain one, else ours", () => {
    expect(nameIn('inline; filename="BG1.pdf"', "x")).toBe("BG1.pdf");
    expect(nameIn(null, "report.pdf")).toBe("report.pdf");
  });
});
