// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { setFormats } from "@/shared/lib/format.ts";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { lines, type Names } from "./history.ts";

const names: Names = {
  person: (id) => `人${id}`,
  stage: (id) => `阶段${id}`,
  customer: (id) => `客户${id}`,
  product: (id) => `产品${id}`,
  competitor: (id) => `对手${id}`,
  dict: (type, item) => `${type}.${item}`,
};
beforeEach(async () => {
  setFormats({ timezone: "Asia/Shanghai", currency: "CNY" });
  await setLanguage("zh-CN", { keep: false });
});
const said = (changes: Parameters<typeof lines>[0]) =>
  lines(changes, names, "assigned").map(({ label, before, after }) => [label, before, after]);

it("names fields, stages, people and amounts", () => {
  expect(said({ stage_id: [1, 2], assignee_id: [3, 4], amount: ["100.00", "200.00"] })).toEqual([
    ["销售阶段", "阶段1", "阶段2"],
    ["负责人", "人3", "人4"],
    ["预计金额", "¥100.00", "¥200.00"],
  ]);
});

it("names whom a chance was lost against", () => {
  expect(said({ competitor_id: [null, 7] })).toEqual([["竞争对手", null, "对手7"]]);
});

it("reads a reason by how the chance ended", () => {
  expect(said({ status: ["assigned", "failed"], close_reason: [null, "price"] })[1]).toEqual([
    "原因",
    null,
    "fail_reason.price",
  ]);
});

it("keeps bookkeeping to itself", () => {
  expect(said({ rate_is_manual: [false, true], first_assigned_on: [null, "2026-11-22"], title: ["a", "b"] })).toEqual([
    ["机会名称", "a", "b"],
  ]);
});
