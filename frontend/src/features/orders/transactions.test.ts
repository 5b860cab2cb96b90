import { expect, it } from "vitest";
import type { TransactionRow } from "@/api/generated/types.gen";
import { stepsOf } from "./transactions.ts";

type Chance = NonNullable<TransactionRow["chance"]>;
type Order = NonNullable<TransactionRow["order"]>;
const states = (chance: Partial<Chance> | null, order: Partial<Order> | null) =>
  stepsOf({ at: "", stage: "chance", chance: chance as Chance | null, order: order as Order | null })
    .map(({ state }) => state)
    .join(" ");

it.each([
  [{ status: "assigned" }, null, "part open none none"],
  [{ status: "succeeded" }, null, "done open none none"],
  [{ status: "failed" }, null, "stopped none none none"],
  [null, { status: "draft" }, "none part none none"],
  [{ status: "succeeded" }, { status: "cancelled" }, "done stopped none none"],
  [null, { status: "confirmed", delivery_state: "none", payment_state: "unpaid" }, "none done open open"],
  [null, { status: "confirmed", delivery_state: "partial", payment_state: "partial" }, "none done part part"],
  [null, { status: "completed", delivery_state: "shipped", payment_state: "paid" }, "none done done done"],
] as const)("%j, %j: %s", (chance, order, wanted) => {
  expect(states(chance, order)).toBe(wanted);
});

it("marks a payment that is late, also where a part has come", () => {
  const order = { status: "completed", delivery_state: "shipped", payment_state: "partial", overdue: true };
  expect(states(null, order)).toBe("none done done stopped");
});
