import { expect, it } from "vitest";
import type { LogRow } from "@/api/generated/types.gen";
import { type Names, told } from "./history.ts";
import "virtual:words/orders";

const names: Names = {
  person: (id) => `人${id}`,
  customer: (id) => `客${id}`,
  product: (id) => `品${id}`,
  chance: (id) => `机${id}`,
  method: (item) => (item === "transfer" ? "银行转账" : item),
  ofLine: (id) => (id === 5 ? "工业网关" : null),
};
const row = (action: string, changes: LogRow["changes"]) => ({ action, changes }) as LogRow;

it("says nothing of sums that follow from something else", () => {
  expect(told(row("update", { total: ["1.00", "2.00"] }), names)).toBeNull();
  expect(told(row("update", { paid: ["0", "2.00"] }), names)).toBeNull();
});

it("tells a changed line by its product, as long as it is there", () => {
  const change = { line: [null, 5], count: [2, 3], amount: ["20.00", "30.00"] } as LogRow["changes"];
  expect(told(row("change_line", change), names)).toEqual({
    title: "修改明细：工业网关",
    lines: ["件数：2 → 3", "金额：¥20.00 → ¥30.00"],
  });
  expect(told(row("change_line", { ...change, line: [null, 6] } as LogRow["changes"]), names)?.title).toBe("修改明细");
});

it("tells what a removed line and a payment were", () => {
  const line = { product_id: [6, null], count: [2, null], price: ["10.00", null], discount: ["0.0500", null] };
  expect(told(row("remove_line", line as LogRow["changes"]), names)).toEqual({
    title: "删除明细：品6",
    lines: ["2 × ¥10.00, −5%"],
  });
  const payment = { date: [null, "2026-11-22"], amount: [null, "100"], method: [null, "transfer"] };
  expect(told(row("add_payment", payment as LogRow["changes"]), names)?.lines).toEqual([
    "2026-11-22 · ¥100.00 · 银行转账",
  ]);
});

it("tells what left with a shipment, and what came back", () => {
  const goods = [null, [{ product_id: 6, count: 1200 }]];
  const facts = { number: [null, "FH202611220000001"], date: [null, "2026-11-22"], carrier: [null, "顺丰速运"] };
  expect(told(row("add_shipment", { ...facts, goods } as LogRow["changes"]), names)).toEqual({
    title: "发货",
    lines: ["FH202611220000001 · 2026-11-22 · 顺丰速运", "品6 × 1,200"],
  });
  const gone = { number: ["FH202611220000001", null], goods };
  expect(told(row("remove_shipment", gone as LogRow["changes"]), names)?.lines).toEqual([
    "FH202611220000001",
    "品6 × 1,200",
  ]);
  expect(told(row("update", { delivery_state: ["none", "partial"] } as LogRow["changes"]), names)).toBeNull();
});

it("tells a step by its name, and what else it set", () => {
  const confirm = { status: ["draft", "confirmed"], owner_id: [null, 5], confirmed_at: [null, "2026-11-22T04:07:01Z"] };
  expect(told(row("confirm", confirm as LogRow["changes"]), names)).toEqual({
    title: "确认订单",
    lines: ["业绩归属：空 → 人5"],
  });
});
