// What can still leave of an order, line by line, as the dialog holds it and as the API takes it.
import type { LineRead, OrderRead, ShipmentLineWrite } from "@/api/generated/types.gen";
import { isCount, plain } from "./lineMath.ts";

export interface Goods {
  line: LineRead;
  left: number;
}

/** Lines of which something is left. */
export const goodsLeft = (order: OrderRead): Goods[] =>
  order.lines.map((line) => ({ line, left: line.count - line.shipped })).filter(({ left }) => left > 0);

const isNothing = (typed: string | undefined): boolean => /^0*$/.test(plain(typed));

/** The lines of a shipment; a line with nothing typed, or nought, stays behind. */
export const shipmentLines = (goods: Goods[], typed: Record<number, string>): ShipmentLineWrite[] =>
  goods
    .filter(({ line }) => !isNothing(typed[line.id]))
    .map(({ line }) => ({ line_id: line.id, count: Number(plain(typed[line.id])) }));

/** What is wrong with the pieces of a line: no number, or more than is left. */
export function countProblem({ left }: Goods, typed: string | undefined): "invalid" | "tooMuch" | null {
  if (isNothing(typed)) return null;
  if (!isCount(typed ?? "")) return "invalid";
  return Number(plain(typed)) > left ? "tooMuch" : null;
}
