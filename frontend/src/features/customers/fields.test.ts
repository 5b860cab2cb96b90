import { describe, expect, it } from "vitest";
import { FIELDS, typed, webAddress } from "./fields.ts";

describe("what is typed", () => {
  it("becomes what the API wants", () => {
    expect(typed("employees", "1,200")).toBe(1200);
    expect(typed("satisfaction", "4")).toBe(4);
    expect(typed("turnover", "¥1,234.50")).toBe("1234.50");
    expect(typed("name", "  启明 ")).toBe("启明");
    expect(typed("tel", "  ")).toBeNull();
    expect(typed("level", null)).toBeNull();
    expect(typed("employees", "many")).toBeNaN(); // the schema refuses it at the field
  });

  it("names every field once", () => {
    const names = FIELDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("a web address", () => {
  it("is a link only when it leads to the web", () => {
    expect(webAddress("https://example.com/a")).toBe("https://example.com/a");
    expect(webAddress("example.com")).toBe("https://example.com");
    expect(webAddress("javascript:alert(1)")).toBeUndefined();
    expect(webAddress("请见名片")).toBeUndefined();
    expect(webAddress(null)).toBeUndefined();
  });
});
