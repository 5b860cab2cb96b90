import { expect, it } from "vitest";
import type { LineRead, OrderRead } from "@/api/generated/types.gen";
import { withLine } from "./useLineEdits.ts";

const line = (id: number, given: Partial<LineRead>): LineRead => ({
  id,
  version: 1,
  product: { id: 6, name: "工业网关" },
  product_code: null,
  count: 1,
  unit: "台",
  in_transit: 0,
  expected_on: null,
  price: "10.00",
  discount: "0.0000",
  amount: "10.00",
  tax_rate: null,
  tax: null,
  shipped: 0,
  available: null,
  short: false,
  ...given,
});

it("shows the amount and the total that an edit will come to", () => {
  const order = { total: "20.00", lines: [line(1, {}), line(2, {})] } as OrderRead;
  const next = withLine(order, 2, { count: 3, discount: "0.075" });
  expect(next.lines.map(({ amount }) => amount)).toEqual(["10.00", "27.75"]);
  expect(next.total).toBe("37.75");
  expect(order.total).toBe("20.00");
});

it("shows the tax that the amount will contain", () => {
  const order = { total: "20.00", tax: "0.00", lines: [line(1, {}), line(2, {})] } as OrderRead;
  const next = withLine(order, 2, { price: "113", tax_rate: "0.13" });
  expect(next.lines.map(({ tax }) => tax)).toEqual([null, "13.00"]);
  expect(next.tax).toBe("13.00");
});

it("keeps the amount while what was typed is no number", () => {
  const order = { total: "10.00", lines: [line(1, {})] } as OrderRead;
  expect(withLine(order, 1, { price: "abc" }).total).toBe("10.00");
});
