// What a write to a customer makes stale.
import { useQueryClient } from "@tanstack/vue-query";

/** What shows a customer, or what hangs on it. */
const TOUCHED = [
  "listCustomers",
  "getCustomer",
  "listCustomerHistory",
  "listLinkmen",
  "listRecycleBin",
  "listChances",
  "listServices",
];

export function useCustomerRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(TOUCHED.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));
}
