import { expect, it } from "vitest";
import { merged, readLines } from "./dayLines.ts";

it("reads a day a line, in the forms that people use", () => {
  const text = "2026-10-01国庆节\r\n2026/1/1,元旦\n\n2026年5月1日 劳动节\n2026-12-31";
  expect(readLines(text)).toEqual({
    days: [
      { date: "2026-10-01", name: "国庆节" },
      { date: "2026-01-01", name: "元旦" },
      { date: "2026-05-01", name: "劳动节" },
      { date: "2026-12-31", name: null },
    ],
    unread: [],
  });
});

it("reads a span, over the end of a month too", () => {
  const { days } = readLines("2026-09-29 ~ 2026-10-02 国庆节\n2027-02-05至2027-02-06 春节");
  expect(days.map(({ date }) => date.slice(5))).toEqual(["09-29", "09-30", "10-01", "10-02", "02-05", "02-06"]);
  expect(new Set(days.map(({ name }) => name))).toEqual(new Set(["国庆节", "春节"]));
});

it("hands back what it cannot read", () => {
  const bad = [
    "国庆节",
    "2026-02-30 没有这天",
    "2026-10-07 ~ 2026-10-01 倒着",
    "2026-01-01 ~ 2026-12-31 太长",
    "2026-10-011",
    "2026-10-01 ~ 7",
  ];
  expect(readLines(bad.join("\n"))).toEqual({ days: [], unread: bad });
});

it("keeps days in order and each once, under its latest name", () => {
  const days = [{ date: "2026-10-02", name: "a" }];
  const more = [
    { date: "2026-10-02", name: "b" },
    { date: "2026-10-01", name: null },
  ];
  expect(merged(days, more)).toEqual([
    { date: "2026-10-01", name: null },
    { date: "2026-10-02", name: "b" },
  ]);
});
