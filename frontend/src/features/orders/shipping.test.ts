import { expect, it } from "vitest";
import type { LineRead, OrderRead } from "@/api/generated/types.gen";
import { countProblem, goodsLeft, shipmentLines } from "./shipping.ts";

const order = {
  lines: [
    { id: 1, count: 5, shipped: 2 },
    { id: 2, count: 4, shipped: 4 },
    { id: 3, count: 1200, shipped: 0 },
  ] as LineRead[],
} as OrderRead;
const goods = goodsLeft(order);

it("offers what is left of each line", () => {
  expect(goods.map(({ line, left }) => [line.id, left])).toEqual([
    [1, 3],
    [3, 1200],
  ]);
});

it("ships the lines that have pieces", () => {
  expect(shipmentLines(goods, { 1: "0", 3: "1,000" })).toEqual([{ line_id: 3, count: 1000 }]);
  expect(shipmentLines(goods, { 1: "", 3: " " })).toEqual([]);
});

it("says what is wrong with the pieces of a line", () => {
  const [few] = goods;
  expect(few && ["3", "4", "1.5", "-1", "", "0"].map((typed) => countProblem(few, typed))).toEqual([
    null,
    "tooMuch",
    "invalid",
    "invalid",
    null,
    null,
  ]);
});
