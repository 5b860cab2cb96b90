import { describe, expect, it } from "vitest";
import { boardKey, gridKey, rangeOf } from "./gridKeys.ts";

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const at = (active: number, anchor = active) => ({ active, anchor });

describe("the grid", () => {
  it.each([
    ["ArrowDown", 4, 5],
    ["ArrowUp", 0, 0],
    ["ArrowDown", -1, 0],
    ["PageDown", 4, 14],
    ["PageDown", 95, 99],
    ["Home", 50, 0],
    ["End", 50, 99],
  ])("%s goes from row %i to row %i", (name, from, to) => {
    expect(gridKey(key(name), at(from), 100, 10)?.cursor.active).toBe(to);
  });

  it("selects with Space, a range with Shift, everything with Ctrl+A, nothing with Esc", () => {
    expect(gridKey(key(" "), at(3), 100, 10)?.select).toBe("toggle");
    expect(gridKey(key("ArrowDown", { shiftKey: true }), at(5, 3), 100, 10)).toEqual({
      cursor: at(6, 3),
      select: "range",
    });
    expect(gridKey(key("a", { ctrlKey: true }), at(0), 100, 10)?.select).toBe("all");
    expect(gridKey(key("Escape"), at(0), 100, 10)?.select).toBe("none");
  });

  it("opens with Enter once a row is active, and lets other keys pass", () => {
    expect(gridKey(key("Enter"), at(-1), 100, 10)).toBeNull();
    expect(gridKey(key("Enter"), at(2), 100, 10)?.open).toBe(true);
    expect(gridKey(key("x"), at(2), 100, 10)).toBeNull();
    expect(gridKey(key("k", { ctrlKey: true }), at(2), 100, 10)).toBeNull();
  });

  it("counts a range in either direction", () => {
    const rows = [10, 11, 12, 13].map((id) => ({ id }));
    expect(rangeOf(rows, at(1, 3))).toEqual([11, 12, 13]);
  });
});

describe("the board", () => {
  const sizes = [3, 0, 1];
  it("walks over an empty column and stays on a card that exists", () => {
    expect(boardKey(key("ArrowRight"), { column: 0, card: 2 }, sizes)).toEqual({ spot: { column: 2, card: 0 } });
    expect(boardKey(key("ArrowLeft"), { column: 0, card: 0 }, sizes)).toBeNull();
    expect(boardKey(key("ArrowDown"), { column: 0, card: 2 }, sizes)).toEqual({ spot: { column: 0, card: 2 } });
  });
  it("carries with Alt and an arrow, opens with Enter, shows the places with M", () => {
    expect(boardKey(key("ArrowRight", { altKey: true }), { column: 0, card: 0 }, sizes)).toEqual({ carry: 1 });
    expect(boardKey(key("Enter"), { column: 0, card: 0 }, sizes)).toEqual({ open: true });
    expect(boardKey(key("m"), { column: 0, card: 0 }, sizes)).toEqual({ menu: true });
  });
});
