// Steps on many rows: who belongs together, and what became of them when all were to be done.
import { ApiError } from "@/api/errors.ts";
import type { BulkResult } from "@/api/generated/types.gen";

/** Throws the first refusal among the rows, as a call of its own would have. */
export function insist(results: BulkResult[]): void {
  const refused = results.find(({ outcome }) => outcome === "refused");
  if (!refused) return;
  const words = refused.message ?? "";
  throw new ApiError(409, { type: refused.type ?? "", title: words, detail: words, status: 409 });
}

/** Rows by a number of theirs, in the order in which each number first comes. */
export function grouped<Row>(rows: Row[], numberOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(numberOf(row), [...(groups.get(numberOf(row)) ?? []), row]);
  return groups;
}
