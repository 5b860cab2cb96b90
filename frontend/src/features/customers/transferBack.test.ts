import { expect, it } from "vitest";
import type { BulkResult } from "@/api/generated/types.gen";
import { waysBack } from "./transferBack.ts";

const customer = (id: number, manager: number | null) => ({
  id,
  version: 1,
  number: `KH${id}`,
  name: `客户${id}`,
  manager: manager ? { id: manager, name: "某人" } : null,
});
const work = (id: number, of: number) => ({
  id,
  number: `N${id}`,
  title: "事",
  status: "assigned",
  customer: { id: of, name: "" },
});
const result = (id: number, version: number | null): BulkResult => ({
  id,
  version,
  outcome: version ? "done" : "refused",
  type: null,
  message: null,
});

it("gives each customer that went back to whom it came from, with the version that it has now and the work that went", () => {
  const seen = {
    customers: [customer(1, 7), customer(2, 8), customer(3, 7), customer(4, null)],
    chances: [work(11, 1), work(12, 1), work(13, 3)],
    services: [work(21, 2)],
  };
  const results = [result(1, 5), result(2, 6), result(3, null), result(4, 2)];
  expect(waysBack(seen, results, { chances: [11, 13], services: [21] })).toEqual([
    { items: [{ id: 1, version: 5 }], manager_id: 7, reason: { code: "undo" }, chance_ids: [11], service_ids: [] },
    { items: [{ id: 2, version: 6 }], manager_id: 8, reason: { code: "undo" }, chance_ids: [], service_ids: [21] },
  ]);
});
