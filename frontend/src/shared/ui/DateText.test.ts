// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";
import { i18n } from "../lib/i18n.ts";
import { IN_COLUMN } from "../lib/gridView.ts";
import { addDays, localDate } from "../lib/time.ts";
import DateText from "./DateText.vue";

const shown = (value: string, inColumn: boolean) =>
  mount(DateText, {
    props: { value },
    global: { plugins: [i18n], provide: inColumn ? { [IN_COLUMN as symbol]: true } : {} },
  }).text();
const DAYS = [addDays(localDate(), -400), addDays(localDate(), -3), localDate(), addDays(localDate(), 1)];

it("has one form in a column, however near or far the day is", () => {
  for (const day of DAYS) {
    expect(shown(day, true)).toBe(day);
    expect(shown(`${day}T04:00:00Z`, true)).toBe(day);
  }
});

it("says a near day in words elsewhere", () => {
  expect(shown(localDate(), false)).toBe("今天");
});
