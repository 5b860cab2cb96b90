// @vitest-environment happy-dom
import "virtual:words/losses";
import { mount } from "@vue/test-utils";
import { beforeEach, expect, it } from "vitest";
import type { LossRow } from "@/api/generated/types.gen";
import { i18n, setLanguage } from "@/shared/lib/i18n.ts";
import { useReasonWords } from "./words.ts";

const reason: LossRow["found_reason"] = {
  rules: ["order"],
  days: 200,
  threshold_days: 180,
  usual_interval_days: "50.0",
  times_usual: "4.0",
  orders: 5,
  open_complaints: 1,
  contact_days: 70,
  contact_threshold_days: 60,
  satisfaction: 2,
  satisfaction_threshold: 2,
};
function words(given: Partial<LossRow["found_reason"]>, last_order_date: string | null = "2026-01-01"): string[] {
  let found: string[] = [];
  const setup = () => {
    found = useReasonWords()({ found_reason: { ...reason, ...given }, last_order_date });
    return () => null;
  };
  mount({ setup }, { global: { plugins: [i18n] } });
  return found;
}

beforeEach(() => setLanguage("zh-CN", { keep: false }));

it("tells of the rules that warned, and of no other", () => {
  expect(words({})).toEqual(["200 天没有下单", "平时约 50 天一单，已是 4 倍", "1 个未结投诉"]);
  expect(words({ rules: ["contact"] })).toEqual(["70 天没有交往记录", "1 个未结投诉"]);
  expect(words({ rules: ["satisfaction"], open_complaints: 0 })).toEqual(["满意度只有 2（满分 5）"]);
  const all = { rules: ["order", "contact", "satisfaction"] as const, usual_interval_days: null, open_complaints: 0 };
  expect(words({ ...all, rules: [...all.rules] }, null)).toEqual([
    "建立 200 天，从未下单",
    "70 天没有交往记录",
    "满意度只有 2（满分 5）",
  ]);
});

it("tells it in English too", async () => {
  await setLanguage("en-US", { keep: false });
  expect(words({ rules: ["contact", "satisfaction"], open_complaints: 0 })).toEqual([
    "No activity for 70 days",
    "Satisfaction only 2 of 5",
  ]);
});
