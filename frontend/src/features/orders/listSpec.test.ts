import { expect, it } from "vitest";
import { asked } from "./listSpec.ts";

it("turns a tab into the states that it stands for", () => {
  expect(asked({ tab: "draft", q: "x" })).toEqual({ q: "x", status: ["draft"] });
  expect(asked({ tab: "unpaid" })).toEqual({
    status: ["confirmed", "completed"],
    payment_state: ["unpaid", "partial"],
  });
  expect(asked({ tab: "to_ship" })).toEqual({ status: ["confirmed"], delivery_state: ["none", "partial"] });
  expect(asked({ tab: "overdue", sort: "due_date" })).toEqual({ overdue: true, sort: "due_date" });
  expect(asked({ limit: 5 })).toEqual({ limit: 5 });
});

it("lets a filter be finer than the tab", () => {
  expect(asked({ tab: "unpaid", payment_state: ["partial"] }).payment_state).toEqual(["partial"]);
});
