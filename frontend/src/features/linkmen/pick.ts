// Searches for the pickers of the contact form.
import { listCustomers, listLinkmen } from "@/api/generated/sdk.gen";
import type { Option } from "@/shared/lib/listQuery.ts";

export async function searchCustomers(word: string, signal: AbortSignal): Promise<Option[]> {
  const page = await listCustomers({ query: { limit: 20, ...(word ? { q: word } : {}) }, signal });
  return page.items.map((row) => ({ value: String(row.id), label: row.name, detail: row.number }));
}

/** Colleagues at the same customer, without the contact itself and those who left. */
export function searchSuperiors(customerId: number | null, except: number | undefined) {
  return async (word: string, signal: AbortSignal): Promise<Option[]> => {
    if (customerId === null) return [];
    const query = { customer_id: customerId, status: "active" as const, limit: 50, ...(word ? { q: word } : {}) };
    const page = await listLinkmen({ query, signal });
    return page.items
      .filter((row) => row.id !== except)
      .map((row) => ({ value: String(row.id), label: row.name, detail: row.position ?? undefined }));
  };
}
