// The search for the superior in the contact form.
import { listLinkmen } from "@/api/generated/sdk.gen";
import type { Option } from "@/shared/lib/listQuery.ts";

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
