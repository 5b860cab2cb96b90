import { describe, expect, it } from "vitest";
import { bodyOf, lineProblems, type LineValues, meant, newLine, totalOfLines, valuesOf } from "./orderForm.ts";

const line = (given: Partial<LineValues>): LineValues => ({ ...newLine(), product_id: 6, price: "10", ...given });

describe("the body of a new order", () => {
  it("has numbers as the API takes them", () => {
    const values = {
      ...valuesOf(undefined, "2026-11-22"),
      customer_id: 1,
      lines: [line({ count: "1,000", discount: "5" })],
    };
    expect(bodyOf(values)).toMatchObject({
      customer_id: 1,
      date: "2026-11-22",
      lines: [{ product_id: 6, count: 1000, unit: null, price: "10", discount: "0.05" }],
    });
  });

  it("leaves the address out while it is empty, so that the customer's is taken", () => {
    expect(bodyOf(valuesOf(undefined, "2026-11-22"))).not.toHaveProperty("address");
    expect(bodyOf({ ...valuesOf(undefined, "2026-11-22"), address: "x" })).toHaveProperty("address", "x");
  });

  it("drops lines at the end that were never begun, and keeps the others in place", () => {
    const [first, gap, last] = [line({}), newLine(), line({})];
    expect(meant([first, newLine()])).toEqual([first]);
    expect(meant([first, gap, last, newLine()])).toEqual([first, gap, last]);
    expect(meant([newLine()])).toEqual([]);
  });
});

it("starts from the page where it was asked for", () => {
  const values = valuesOf(undefined, "2026-11-22", { customer: { id: 3, name: "甲" }, chance: { id: 4, name: "乙" } });
  expect([values.customer_id, values.chance_id, values.lines.length]).toEqual([3, 4, 1]);
});

it("names the field of each wrong line", () => {
  expect(lineProblems([line({ count: "0", price: "1.234", discount: "101" }), newLine(), line({ price: "" })])).toEqual(
    {
      "lines.0.count": "invalid",
      "lines.0.price": "invalid",
      "lines.0.discount": "invalid",
      "lines.1.product_id": "required",
      "lines.1.price": "required",
      "lines.2.price": "required",
    },
  );
});

it("adds up what is complete", () => {
  expect(totalOfLines([line({ count: "3", price: "0.35", discount: "50" }), line({ price: "" }), line({})])).toBe(
    "10.53",
  );
});
