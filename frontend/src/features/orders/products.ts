// Products for a line: only what is sold, and what a line takes over from the one that is chosen.
import { listChances, listProducts } from "@/api/generated/sdk.gen";
import type { ProductRow } from "@/api/generated/types.gen";
import { money } from "@/shared/lib/format.ts";
import type { Option } from "@/shared/lib/listQuery.ts";

/** The search of a picker, and the products that it has found so far. */
export function useSoldProducts() {
  const seen = new Map<number, ProductRow>();
  async function search(word: string, signal: AbortSignal): Promise<Option[]> {
    const page = await listProducts({ query: { sold: true, limit: 20, ...(word ? { q: word } : {}) }, signal });
    return page.items.map((row) => {
      seen.set(row.id, row);
      const detail = [row.code, row.price === null ? null : money(row.price)].filter(Boolean).join(" · ");
      return { value: String(row.id), label: row.name, ...(detail ? { detail } : {}) };
    });
  }
  return { search, find: (id: number | null) => (id === null ? undefined : seen.get(id)) };
}

/** An order may come from any chance of its customer, most often from one that was won. */
export const chancesOf = (customerId: number) => async (word: string, signal: AbortSignal) => {
  const query = { customer_id: customerId, limit: 20, ...(word ? { q: word } : {}) };
  const page = await listChances({ query, signal });
  return page.items.map((row) => ({ value: String(row.id), label: row.title, detail: row.assignee?.name }));
};
