import { expect, it } from "vitest";
import { bucketOf, grouped, weekEnd } from "./buckets.ts";

it("ends the week on Sunday, also when today is Sunday", () => {
  expect([weekEnd("2026-11-18"), weekEnd("2026-11-22"), weekEnd("2026-11-23")]).toEqual([
    "2026-11-22",
    "2026-11-22",
    "2026-11-29",
  ]);
});

it("puts a date in the bucket of the server", () => {
  const dates = ["2026-11-17", "2026-11-18", "2026-11-22", "2026-11-23"];
  expect(dates.map((date) => bucketOf(date, "2026-11-18"))).toEqual(["overdue", "today", "week", "later"]);
});

it("leaves empty buckets out", () => {
  const rows = [{ date: "2026-11-18" }, { date: "2026-12-01" }];
  expect(grouped(rows, "2026-11-18").map((group) => group.bucket)).toEqual(["today", "later"]);
});
