// The board as data: columns for the renderer, and a card moved in the cached answer before the server has spoken.
import type { BoardRead, ChanceRow } from "@/api/generated/types.gen";

type Column = BoardRead["columns"][number];
const ACCENTS = ["#3b82f6", "#06a3b7", "#7c5cd6", "#d08700", "#1b9e4b", "#c2410c"];

export const stageKey = (id: number) => `stage-${id}`;

export function toColumns(board: BoardRead, title: (column: Column) => string) {
  return board.columns.map((column, at) => ({
    key: column.key,
    title: title(column),
    items: column.items,
    count: column.count,
    amount: column.amount,
    more: column.next_cursor !== null,
    accent: at === 0 ? "var(--ink-3)" : (ACCENTS[(at - 1) % ACCENTS.length] ?? ""),
  }));
}

const cents = (value: string) => {
  const [whole = "0", part = ""] = value.split(".");
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
};

/** Sums of money stay strings; cents are added as integers. */
export function addMoney(sum: string, amount: string | null, sign: 1 | -1): string {
  const result = cents(sum) + BigInt(sign) * cents(amount ?? "0");
  const text = String(result < 0n ? 0n : result).padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

const processOf = (column: Column | undefined): number | null => column?.process?.id ?? null;

/** A chance stays in its process: the other processes' columns are no place for it. */
export function sameProcess(board: BoardRead, stageId: number, to: string): boolean {
  const own = processOf(board.columns.find((column) => column.stage?.id === stageId));
  return own === null || own === processOf(board.columns.find((column) => column.key === to));
}

/** Several processes on one board: then a column says which one it belongs to. */
export const processesOf = (board: BoardRead): number =>
  new Set(board.columns.flatMap(({ process }) => (process ? [process.id] : []))).size;

interface Holding {
  key: string;
  items: ChanceRow[];
  count: number;
  amount: string;
}
/** Takes a card out of its column and puts it, as `become` makes it, on top of another; null where it cannot. */
export function shiftCard<Of extends Holding>(
  columns: Of[],
  id: number,
  to: string,
  become: (card: ChanceRow, target: Of) => ChanceRow,
): Of[] | null {
  const from = columns.find((column) => column.items.some((card) => card.id === id));
  const target = columns.find((column) => column.key === to);
  const card = from?.items.find((one) => one.id === id);
  if (!from || !target || !card || from === target) return null;
  return columns.map((column) => {
    if (column !== from && column !== target) return column;
    const sign = column === target ? 1 : -1;
    const rest = column.items.filter((one) => one.id !== id);
    const items = column === target ? [become(card, target), ...rest] : rest;
    return { ...column, items, count: column.count + sign, amount: addMoney(column.amount, card.amount, sign) };
  });
}

export function moveCard(board: BoardRead, id: number, to: string): BoardRead {
  const columns = shiftCard(board.columns, id, to, (card, target) => ({
    ...card,
    stage: target.stage ?? card.stage,
    rate: card.rate_is_manual ? card.rate : (target.rate ?? card.rate),
  }));
  return columns ? { ...board, columns } : board;
}

/** The next cards of one column, at its end. */
export function appendCards<Of extends { key: string; items: ChanceRow[]; next_cursor: string | null }>(
  board: { columns: Of[] },
  key: string,
  items: ChanceRow[],
  cursor: string | null,
): { columns: Of[] } {
  const columns = board.columns.map((column) => {
    if (column.key !== key) return column;
    const known = new Set(column.items.map((card) => card.id));
    return {
      ...column,
      items: [...column.items, ...items.filter((card) => !known.has(card.id))],
      next_cursor: cursor,
    };
  });
  return { ...board, columns };
}
