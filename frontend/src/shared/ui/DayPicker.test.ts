// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { mount } from "@vue/test-utils";
import dayjs from "dayjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { nextTick } from "vue";
import { getPublicSettingsQueryKey } from "@/api/generated/@tanstack/vue-query.gen";
import { ElDatePicker, shownDay } from "../kit/date.ts";
import { i18n, setLanguage } from "../lib/i18n.ts";
import type { WorkTime } from "../domain/workdays.ts";
import DayPicker from "./DayPicker.vue";

const time: WorkTime = {
  work_days: [1, 2, 3, 4, 5],
  work_start: "08:30",
  work_end: "17:30",
  work_holidays: [{ date: "2026-10-01", name: "国庆节" }],
  work_extra_days: [],
};
function show(modelValue: string | null, moment?: "start" | "end", more: object = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(getPublicSettingsQueryKey(), time as never);
  const plugins = [[VueQueryPlugin, { queryClient: client }] as never, i18n];
  return mount(DayPicker, { props: { modelValue, ...(moment ? { moment } : {}), ...more }, global: { plugins } });
}
beforeEach(() => setLanguage("zh-CN", { keep: false }));

it("tells quietly why the chosen day is off, and nothing of a working day", async () => {
  const page = show("2026-10-01");
  const word = page.get("[role=status]");
  expect(word.text()).toBe("节假日：国庆节");
  await page.setProps({ modelValue: "2026-10-03" });
  expect(word.text()).toBe("周六休息");
  await page.setProps({ modelValue: "2026-10-02" });
  expect(word.text()).toBe("");
  await page.setProps({ modelValue: "2026-10-04 18:00:00" });
  await nextTick();
  expect(word.text()).toBe("周日休息");
});

it("marks days off in the calendar and begins a moment with the company's hours", () => {
  const picker = show(null, "end").getComponent(ElDatePicker);
  const mark = picker.props("cellClassName") as unknown as (day: Date) => string;
  expect([mark(new Date(2026, 9, 1)), mark(new Date(2026, 9, 2)), mark(new Date(2026, 9, 3))]).toEqual([
    "day-off",
    "",
    "day-off",
  ]);
  const given = picker.props("defaultTime") as unknown as Date;
  expect([given.getHours(), given.getMinutes()]).toEqual([17, 30]);
});

const HERE = process.env.TZ;
afterEach(() => {
  vi.useRealTimers();
  if (HERE === undefined) delete process.env.TZ;
  else process.env.TZ = HERE;
});

it.each(["Pacific/Auckland", "America/Los_Angeles"])("lets the company's today be chosen, also in %s", (zone) => {
  process.env.TZ = zone;
  vi.useFakeTimers({ now: new Date("2026-11-21T17:30:00Z"), toFake: ["Date"] });
  const picker = show("2026-11-22", undefined, { first: "2026-11-20", last: "2026-11-22" }).getComponent(ElDatePicker);
  const off = picker.props("disabledDate") as unknown as (day: Date) => boolean;
  expect([19, 20, 22, 23].map((n) => off(new Date(2026, 10, n)))).toEqual([true, false, false, true]);
  expect(dayjs().format("YYYY-MM-DD HH:mm")).toBe("2026-11-22 01:30");
  expect(shownDay(dayjs().toDate())).toBe("2026-11-22");
});

it("marks and tells no day off where it is no matter", () => {
  const page = show("2026-10-03", undefined, { anyDay: true });
  const mark = page.getComponent(ElDatePicker).props("cellClassName") as unknown as (day: Date) => string;
  expect([page.get("[role=status]").text(), mark(new Date(2026, 9, 3))]).toEqual(["", ""]);
});
