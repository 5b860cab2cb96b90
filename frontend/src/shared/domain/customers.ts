// The one customer that is called exactly so.
import { listCustomers } from "@/api/generated/sdk.gen";

/** The customer that is called exactly so, where there is one in sight and no more: nobody means to make it again. */
export async function customerNamed(name: string): Promise<{ id: number; name: string } | null> {
  const wanted = name.trim();
  if (!wanted) return null;
  const { items } = await listCustomers({ query: { q: wanted, limit: 10 } });
  const [only, another] = items.filter((row) => row.name === wanted);
  return only && !another ? only : null;
}
