// Customers by name, for pickers and filters, and the one that is called exactly so.
import { getCustomer, listCustomers } from "@/api/generated/sdk.gen";
import { asked, option, type Search } from "./search.ts";

export const searchCustomers: Search = async (word, signal) => {
  if (word.startsWith("#")) {
    const one = await getCustomer({ path: { customer_id: Number(word.slice(1)) }, signal });
    return [option(one.id, one.name, one.number)];
  }
  const page = await listCustomers({ query: asked(word), signal });
  return page.items.map((row) => option(row.id, row.name, row.manager?.name));
};

/** The customer that is called exactly so, where there is one in sight and no more: nobody means to make it again. */
export async function customerNamed(name: string): Promise<{ id: number; name: string } | null> {
  const wanted = name.trim();
  if (!wanted) return null;
  const { items } = await listCustomers({ query: { q: wanted, limit: 10 } });
  const [only, another] = items.filter((row) => row.name === wanted);
  return only && !another ? only : null;
}
