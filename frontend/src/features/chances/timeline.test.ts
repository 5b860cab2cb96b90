import { describe, expect, it } from "vitest";
import type { ChanceRow, TimelineRead } from "@/api/generated/types.gen";
import { dayIn, moveMonth, restOf, type Span, takesCards } from "./timeline.ts";

const span = (key: string, first: string | null, last: string | null, ...items: Partial<ChanceRow>[]): Span => ({
  key,
  first,
  last,
  count: items.length,
  amount: "100.00",
  weighted: "0",
  items: items as ChanceRow[],
  next_cursor: null,
});
const february = span("2026-02", "2026-02-01", "2026-02-28");

describe("the day in another month", () => {
  it.each([
    ["2026-01-15", "2026-02-15"],
    ["2026-01-31", "2026-02-28"],
    [null, "2026-02-28"],
  ])("%s becomes %s", (day, wanted) => expect(dayIn(february, day)).toBe(wanted));
  it("is never over", () => {
    expect(dayIn({ first: "2026-11-22", last: "2026-11-30" }, "2026-12-05")).toBe("2026-11-22");
  });
  it("is none where there is none", () => expect(dayIn(span("none", null, null), "2026-01-15")).toBeNull());
});

it("takes cards into months and back out of them, not into what is late or far away", () => {
  const open = [span("overdue", null, "2026-01-31"), february, span("later", "2026-08-01", null)];
  expect([...open, span("none", null, null)].map(takesCards)).toEqual([false, true, false, true]);
});

it("moves a card with its amount, and says its new day", () => {
  const card = { id: 7, amount: "40.50", expected_close_date: "2026-01-15" };
  const before: TimelineRead = { columns: [span("2026-01", "2026-01-10", "2026-01-31", card), february] };
  const [from, to] = moveMonth(before, 7, "2026-02", "2026-02-15").columns;
  expect([from?.count, from?.amount, to?.count, to?.amount]).toEqual([0, "59.50", 1, "140.50"]);
  expect(to?.items[0]?.expected_close_date).toBe("2026-02-15");
  expect(moveMonth(before, 8, "2026-02", null)).toBe(before);
});

it("goes on in the list where a column ends", () => {
  const asked = { tab: "mine" } as const;
  const all = { tab: "mine", status: ["unassigned", "assigned"], sort: "expected_close_date" };
  expect(restOf(asked, february)).toEqual({ ...all, close_from: "2026-02-01", close_to: "2026-02-28" });
  expect(restOf(asked, span("overdue", null, "2026-01-31"))).toEqual({ ...all, close_to: "2026-01-31" });
  expect(restOf(asked, span("none", null, null))).toEqual({ ...all, without_close_date: true });
});

it("goes on under the state and the days that the list is narrowed to", () => {
  const asked = { status: ["assigned", "failed"], close_from: "2026-02-10", close_to: "2026-03-05" } as const;
  const rest = restOf({ ...asked, status: [...asked.status] }, february);
  expect(rest).toMatchObject({ status: ["assigned"], close_from: "2026-02-10", close_to: "2026-02-28" });
});
