// What a change of stock makes stale: places, their ledgers, and what drafts may still promise.
import { useQueryClient } from "@tanstack/vue-query";

const TOUCHED = ["listStorage", "getStorage", "listStorageChanges", "getOrder"];

export function useStorageRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => Promise.all(TOUCHED.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));
}
