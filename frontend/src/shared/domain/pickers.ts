// Records by name for RecordPicker and for filters; `#7` asks for the name of one that is known by its id.
import {
  getCustomer,
  getProduct,
  listChances,
  listCustomers,
  listDepartments,
  listLinkmen,
  listProducts,
} from "@/api/generated/sdk.gen";
import type { Option } from "../lib/listQuery.ts";

type Search = (word: string, signal: AbortSignal) => Promise<Option[]>;
const asked = (word: string) => (word ? { q: word, limit: 20 } : { limit: 20 });
const option = (id: number, label: string, detail?: string | null): Option => ({
  value: String(id),
  label,
  ...(detail ? { detail } : {}),
});

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

export const searchLinkmen =
  (customerId: number): Search =>
  async (word, signal) => {
    const page = await listLinkmen({ query: { ...asked(word), customer_id: customerId }, signal });
    return page.items.map((row) => option(row.id, row.name, row.position));
  };

export const searchChances =
  (customerId: number): Search =>
  async (word, signal) => {
    const query = { ...asked(word), customer_id: customerId, status: ["assigned" as const, "unassigned" as const] };
    const page = await listChances({ query, signal });
    return page.items.map((row) => option(row.id, row.title, row.assignee?.name));
  };

export const searchProducts: Search = async (word, signal) => {
  if (word.startsWith("#")) {
    const one = await getProduct({ path: { product_id: Number(word.slice(1)) }, signal });
    return [option(one.id, one.name, one.code)];
  }
  const page = await listProducts({ query: asked(word), signal });
  return page.items.map((row) => option(row.id, row.name, row.code));
};

/** Without those that are disabled, or lie in a disabled category: what a new record may name. */
export const searchSoldProducts: Search = async (word, signal) => {
  const page = await listProducts({ query: { ...asked(word), sold: true }, signal });
  return page.items.map((row) => option(row.id, row.name, row.code));
};

/** There are few of them and the list is whole: it is narrowed here. */
export const searchDepartments: Search = async (word, signal) => {
  const all = await listDepartments({ signal });
  const named = all.filter((row) => row.name.toLowerCase().includes(word.toLowerCase()));
  return named.map((row) => option(row.id, row.name, row.parent?.name));
};
