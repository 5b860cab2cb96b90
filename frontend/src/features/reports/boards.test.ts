import { expect, it } from "vitest";
import { BOARDS, boardOf } from "./boards.ts";
import { defOf } from "./codes.ts";
import { addressOf } from "./useAsked.ts";

it("knows its boards by name, and nothing else", () => {
  expect(boardOf("team")?.cards.length).toBeGreaterThan(0);
  expect(boardOf("nothing")).toBeUndefined();
});

it("rests on analyses that exist, and shows no card twice", () => {
  for (const board of BOARDS) {
    const codes = [...board.figures.map(([code]) => code), ...board.cards.map(({ code }) => code)];
    expect(codes.filter((code) => !defOf(code))).toEqual([]);
    expect(new Set(board.cards.map(({ code, table }) => `${code} ${table}`)).size).toBe(board.cards.length);
  }
});

it("leads to the analysis under the same period and filters", () => {
  const filters = { date_from: "2026-01-01", date_to: "2026-03-31", region: "east", manager_id: 7 };
  const query = { from: "2026-01-01", to: "2026-03-31", region: "east", manager_id: "7" };
  expect(addressOf("goals", filters)).toEqual({ path: "/reports/goals", query });
  expect(addressOf("goals")).toEqual({ path: "/reports/goals", query: {} });
});
