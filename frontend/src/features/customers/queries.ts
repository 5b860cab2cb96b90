// Reads that more than one screen of the customers needs, and what a write makes stale.
import { useQueryClient } from "@tanstack/vue-query";
import { listCustomers } from "@/api/generated/sdk.gen";
import type { Option } from "@/shared/lib/listQuery.ts";

export async function searchCustomers(word: string, signal: AbortSignal): Promise<Option[]> {
  const page = await listCustomers({ query: { limit: 20, ...(word ? { q: word } : {}) }, signal });
  return page.items.map((row) => ({ value: String(row.id), label: row.name, detail: row.number }));
}

/** What shows a customer, or what hangs on it. */
const TOUCHED = ["listCustomers", "getCustomer", "listCustomerHistory", "listLinkmen", "listRecycleBin", "listChances"];

export function useCustomerRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(TOUCHED.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));
}
