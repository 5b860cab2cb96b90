import { expect, it } from "vitest";
import { amountOf, bodyOf, valuesOf } from "./chanceForm.ts";

it("reads amounts as people write them", () => {
  expect(["1,280,000.00", "¥128万", "12.5万", "0.3万", "500元", ""].map(amountOf)).toEqual([
    "1280000.00",
    "1280000",
    "125000",
    "3000",
    "500",
    null,
  ]);
});

it("sends either the customer or a name", () => {
  const values = { ...valuesOf(), title: "a", customer_id: 7, customer_name: "b" };
  expect(bodyOf({ ...values, whose: "existing" })).toMatchObject({ customer_id: 7 });
  expect(bodyOf({ ...values, whose: "existing" })).not.toHaveProperty("customer_name");
  expect(bodyOf(values)).toMatchObject({ customer_id: null, customer_name: "b" });
});

it("leaves the probability to the stage unless one is typed", () => {
  expect([bodyOf({ ...valuesOf(), rate: "" }).rate, bodyOf({ ...valuesOf(), rate: "40" }).rate]).toEqual([null, 40]);
});
