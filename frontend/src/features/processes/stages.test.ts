import { expect, it } from "vitest";
import type { ProcessRead } from "@/api/generated/types.gen";
import { bodyOf, type Condition, changed, emptyStage, problems, stagesOf } from "./stages.ts";

const process = {
  id: 1,
  stages: [
    { id: 4, name: "初步接触", name_en: "First contact", sort: 0, rate: 10, expected_days: 14, conditions: [] },
    { id: 5, name: "报价", name_en: null, sort: 1, rate: 50, expected_days: null, conditions: ["amount"] },
  ],
} as unknown as ProcessRead;

const stage = (name: string, rate: string, expected_days = "") => ({ ...emptyStage(), name, rate, expected_days });

it("keeps present stages by their id and sends new ones without", () => {
  const body = bodyOf([...stagesOf(process), { ...emptyStage(), name: " 签约 ", rate: "90", expected_days: "7" }]);
  expect(body).toEqual([
    { id: 4, name: "初步接触", name_en: "First contact", rate: 10, expected_days: 14, conditions: [] },
    { id: 5, name: "报价", name_en: null, rate: 50, expected_days: null, conditions: ["amount"] },
    { name: "签约", name_en: null, rate: 90, expected_days: 7, conditions: [] },
  ]);
});

it("knows an edit from a look: order counts, spaces do not", () => {
  const [first, second] = stagesOf(process);
  if (!first || !second) throw new Error("two stages");
  expect(changed([{ ...first, name: " 初步接触 " }, second], process)).toBe(false);
  expect(changed([second, first], process)).toBe(true);
  expect(changed([first], process)).toBe(true);
});

it("sends conditions in one order, and none of the first stage", () => {
  const asking = { ...stage("a", "1"), conditions: ["plan_done", "amount"] as Condition[] };
  expect(bodyOf([asking, asking]).map(({ conditions }) => conditions)).toEqual([[], ["amount", "plan_done"]]);
});

it("tells at its field what is missing, twice there, or no number", () => {
  expect(problems([stage("a", "10"), stage("a ", "x", "0"), stage("", "101", "3650")])).toEqual({
    "stages.1.name": "same",
    "stages.1.rate": "percent",
    "stages.1.expected_days": "days",
    "stages.2.name": "required",
    "stages.2.rate": "percent",
  });
});
