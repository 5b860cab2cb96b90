// An order as its form holds it, and as the API takes it.
import type { LineWrite, OrderRead, OrderWrite, Ref } from "@/api/generated/types.gen";
import { amountOf, fractionOf, isCount, isPercent, isPrice, plain, totalOf } from "./lineMath.ts";

export interface LineValues {
  /** Only for the list on the screen. */
  key: number;
  product_id: number | null;
  count: string;
  unit: string;
  price: string;
  /** In percent. */
  discount: string;
  /** In percent; empty is none. */
  tax_rate: string;
}
export interface OrderValues {
  customer_id: number | null;
  date: string | null;
  due_date: string | null;
  contract_no: string | null;
  owner_id: number | null;
  chance_id: number | null;
  address: string | null;
  memo: string | null;
  lines: LineValues[];
}

let key = 0;
export const newLine = (): LineValues => ({
  key: ++key,
  product_id: null,
  count: "1",
  unit: "",
  price: "",
  discount: "",
  tax_rate: "",
});

export const valuesOf = (order: OrderRead | undefined, today: string, given: Given = {}): OrderValues => ({
  customer_id: order?.customer?.id ?? given.customer?.id ?? null,
  date: order?.date ?? today,
  due_date: order?.due_date ?? null,
  contract_no: order?.contract_no ?? "",
  owner_id: order?.owner_is_set ? (order.owner?.id ?? null) : null,
  chance_id: order?.chance?.id ?? given.chance?.id ?? null,
  address: order?.address ?? "",
  memo: order?.memo ?? "",
  lines: order ? [] : [newLine()],
});
/** What is known from the page where a new order was asked for. */
export interface Given {
  customer?: Ref | null | undefined;
  chance?: Ref | null | undefined;
}

export const amountOfLine = (line: LineValues): string | null => amountOf(line.count, line.price, line.discount);
export const totalOfLines = (lines: LineValues[]): string => totalOf(lines.map(amountOfLine));

const isBlank = (line: LineValues) => line.product_id === null && plain(line.price) === "";

/** The lines that are meant: blank ones at the end were never begun. Those between others stay, to be complained about. */
export function meant(lines: LineValues[]): LineValues[] {
  const last = lines.findLastIndex((line) => !isBlank(line));
  return lines.slice(0, last + 1);
}

const bodyOfLine = (line: LineValues): LineWrite => ({
  product_id: line.product_id as number,
  count: Number(plain(line.count)),
  unit: line.unit.trim() || null,
  price: plain(line.price) || null,
  discount: fractionOf(line.discount),
  tax_rate: plain(line.tax_rate) ? fractionOf(line.tax_rate) : null,
});

export function bodyOf({ lines, address, ...facts }: OrderValues): OrderWrite {
  return {
    ...facts,
    customer_id: facts.customer_id as number,
    // Left out, it is the customer's address; an empty one would be none.
    ...(address ? { address } : {}),
    lines: meant(lines).map(bodyOfLine),
  };
}

/** What the generated schema cannot see, because numbers travel as text: field → which message. */
export function lineProblems(lines: LineValues[]): Record<string, "required" | "invalid"> {
  const found: Record<string, "required" | "invalid"> = {};
  meant(lines).forEach((line, at) => {
    const say = (field: string, fine: boolean, typed: string) => {
      if (!fine) found[`lines.${at}.${field}`] = plain(typed) === "" ? "required" : "invalid";
    };
    say("product_id", line.product_id !== null, "");
    say("count", isCount(line.count), line.count);
    say("price", isPrice(line.price), line.price);
    say("discount", isPercent(line.discount), line.discount);
    say("tax_rate", isPercent(line.tax_rate), line.tax_rate);
  });
  return found;
}
