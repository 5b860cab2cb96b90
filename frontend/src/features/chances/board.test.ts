import { expect, it } from "vitest";
import type { BoardRead, ChanceRow } from "@/api/generated/types.gen";
import { addMoney, appendCards, moveCard, processesOf, sameProcess } from "./board.ts";

const card = (id: number, more: Partial<ChanceRow> = {}) =>
  ({ id, amount: "100.50", rate: 10, rate_is_manual: false, stage: { id: 1, name: "初步接触" }, ...more }) as ChanceRow;
const board: BoardRead = {
  columns: [
    { key: "unassigned", stage: null, process: null, rate: null, count: 0, amount: "0", items: [], next_cursor: null },
    {
      key: "stage-1",
      stage: { id: 1, name: "初步接触" },
      process: { id: 1, name: "标准" },
      rate: 10,
      count: 2,
      amount: "201.00",
      items: [card(1), card(2, { rate: 55, rate_is_manual: true })],
      next_cursor: "more",
    },
    {
      key: "stage-2",
      stage: { id: 2, name: "需求确认" },
      process: { id: 1, name: "标准" },
      rate: 30,
      count: 0,
      amount: "0",
      items: [],
      next_cursor: null,
    },
  ],
};

it("adds cents without a float", () => {
  expect(addMoney("9007199254740993.07", "0.1", 1)).toBe("9007199254740993.17");
  expect(addMoney("100.5", "100.50", -1)).toBe("0.00");
  expect(addMoney("5", null, 1)).toBe("5.00");
});

it("moves a card with its money, and takes the stage's probability over", () => {
  const [, from, to] = moveCard(board, 1, "stage-2").columns;
  expect([from?.count, from?.amount, to?.count, to?.amount]).toEqual([1, "100.50", 1, "100.50"]);
  expect(to?.items[0]).toMatchObject({ id: 1, rate: 30, stage: { id: 2 } });
});

it("leaves a probability that was set by hand", () => {
  expect(moveCard(board, 2, "stage-2").columns[2]?.items[0]?.rate).toBe(55);
});

it("changes nothing for a card or a column that is not there", () => {
  expect(moveCard(board, 9, "stage-2")).toBe(board);
  expect(moveCard(board, 1, "stage-9")).toBe(board);
});

it("appends the next cards once", () => {
  const column = appendCards(board, "stage-1", [card(2), card(3)], null).columns[1];
  expect(column?.items.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(column?.next_cursor).toBeNull();
});

it("keeps a card in its own process", () => {
  const [, first, second] = board.columns;
  if (!first || !second) throw new Error("two stages");
  const other = { ...second, key: "stage-9", stage: { id: 9, name: "试用" }, process: { id: 2, name: "渠道" } };
  const both: BoardRead = { columns: [...board.columns, other] };
  expect([processesOf(board), processesOf(both)]).toEqual([1, 2]);
  expect([sameProcess(both, 1, "stage-2"), sameProcess(both, 1, "stage-9"), sameProcess(both, 9, "stage-9")]).toEqual([
    true,
    false,
    true,
  ]);
});
