// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { ApiError } from "@/api/errors.ts";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { goesBack, lackingOf, lackingWords, tipOf } from "./moves.ts";

beforeEach(() => setLanguage("zh-CN", { keep: false }));
const way = [{ id: 4 }, { id: 9 }, { id: 2 }];
const refusal = (type: string, more: object) => new ApiError(409, { type, title: "No", status: 409, ...more });

it("knows a step back by the order of the stages, not by their ids", () => {
  expect([goesBack(way, 9, 4), goesBack(way, 9, 2), goesBack(way, 9, 9)]).toEqual([true, false, false]);
  expect([goesBack(way, 9, 77), goesBack(way, 77, 4), goesBack([], 9, 4)]).toEqual([false, false, false]);
});

it("reads what is lacking from the refusal of a step forward only", () => {
  const unmet = [{ stage: { id: 9, name: "报价" }, conditions: ["amount"] }];
  expect(lackingOf(refusal("/problems/stage-conditions", { unmet }))).toEqual(unmet);
  expect(lackingOf(refusal("/problems/illegal-transition", { unmet }))).toBeNull();
  expect(lackingOf(refusal("/problems/stage-conditions", {}))).toBeNull();
});

it("says it in words, each condition once", () => {
  const unmet = [
    { stage: { id: 9, name: "报价" }, conditions: ["amount", "plan_done"] },
    { stage: { id: 2, name: "签约" }, conditions: ["amount"] },
    { stage: { id: 7, name: "交付" }, conditions: ["amount", "linkman"] },
  ];
  expect(lackingWords(unmet, (stage) => stage.name).split("\n")).toEqual([
    "进入“报价”需要：预计金额、至少一个已执行的计划项",
    "进入“交付”需要：联系人",
  ]);
  expect(tipOf({ label: "签约", conditions: [] })).toBe("移到“签约”");
  expect(tipOf({ label: "报价", conditions: ["product"] })).toBe("移到“报价”，需要：意向产品");
});
