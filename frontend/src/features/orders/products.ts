// Products for a line: only what is sold, and what a line takes over from the one that is chosen.
import { listProducts } from "@/api/generated/sdk.gen";
import type { ProductRow } from "@/api/generated/types.gen";
import { money } from "@/shared/lib/format.ts";
import type { Search } from "@/shared/domain/search.ts";
import type { Option } from "@/shared/lib/listQuery.ts";
import { searchOf } from "@/shared/nouns/search.ts";

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
export const chancesOf = (customerId: number): Search => searchOf("chances", { customer_id: customerId }, ["assignee"]);
