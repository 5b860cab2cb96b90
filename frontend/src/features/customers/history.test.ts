import { describe, expect, it } from "vitest";
import { lines } from "./history.ts";

const words = {
  order: ["name", "level"],
  field: (name: string) => (name === "pinyin" ? null : name.toUpperCase()),
  value: (name: string, value: unknown) => (name === "turnover" ? Number(value).toFixed(2) : String(value)),
  empty: "–",
};

describe("the words of a change", () => {
  it("names the field with both values, in the order of the page", () => {
    expect(lines({ tel: [null, "1"], level: ["major", "focus"], name: ["a", "b"] }, words)).toEqual([
      { field: "NAME", before: "a", after: "b" },
      { field: "LEVEL", before: "major", after: "focus" },
      { field: "TEL", before: "–", after: "1" },
    ]);
  });

  it("keeps silent about search keys, nothing to nothing, and values that read the same", () => {
    expect(lines({ pinyin: ["a", "b"], fax: [null, ""], turnover: ["100", "100.00"] }, words)).toEqual([]);
  });
});
