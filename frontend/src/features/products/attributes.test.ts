import { expect, it } from "vitest";
import { nextKey, problemsOf, rowsOf, written } from "./attributes.ts";

const rows = rowsOf([
  { name: "电压", value: "24 V" },
  { name: "重量", value: "1 kg" },
]);

it("gives a new row a key that no present one has, wherever they were moved", () => {
  expect([nextKey([]), nextKey(rows), nextKey(rows.toReversed())]).toEqual([0, 2, 2]);
});

it("says at the field what is missing or twice", () => {
  expect(problemsOf(rows)).toEqual({});
  const more = [...rows, { key: 2, name: " 电压 ", value: "" }, { key: 3, name: " ", value: "x" }];
  expect(problemsOf(more)).toEqual({
    "attributes.2.name": "repeated",
    "attributes.2.value": "required",
    "attributes.3.name": "required",
  });
});

it("sends words without the spaces around them, and no keys", () => {
  expect(written([{ key: 5, name: " 电压", value: "24 V " }])).toEqual([{ name: "电压", value: "24 V" }]);
});
