// Names of what a log entry knows by its id only. Each is read once and kept; one out of sight gets a neutral word, never a number.
import { useQueryClient } from "@tanstack/vue-query";
import { shallowReactive } from "vue";
import { getCompetitor, getCustomer, getProduct, listPeople } from "@/api/generated/sdk.gen";
import { nameIn, t } from "../lib/i18n.ts";

export type Named = "person" | "customer" | "product" | "competitor";
type Known = { id: number; name: string } | null | undefined;

const KEPT = 600_000;
const MOST = 200;

/** Also who has left: the log names them. */
const readPeople = () => listPeople({ query: { limit: MOST, left: true } });

export function useNames(known: () => Partial<Record<Named, Known[]>>) {
  const client = useQueryClient();
  const found = shallowReactive(new Map<string, string>());
  const asked = new Set<string>();
  const kept = { staleTime: KEPT, retry: false } as const;

  const people = async () => {
    const queryKey = [{ _id: "listPeople", names: true }];
    return (await client.fetchQuery({ queryKey, queryFn: readPeople, ...kept })).items;
  };
  const read: Record<Named, (id: number) => Promise<string | undefined>> = {
    person: async (id) => (await people()).find((one) => one.id === id)?.name,
    customer: async (id) => {
      const queryFn = () => getCustomer({ path: { customer_id: id } });
      return (await client.fetchQuery({ queryKey: [{ _id: "getCustomer", name: id }], queryFn, ...kept })).name;
    },
    product: async (id) => {
      const queryFn = () => getProduct({ path: { product_id: id } });
      return (await client.fetchQuery({ queryKey: [{ _id: "getProduct", name: id }], queryFn, ...kept })).name;
    },
    competitor: async (id) => {
      const queryFn = () => getCompetitor({ path: { competitor_id: id } });
      return nameIn(await client.fetchQuery({ queryKey: [{ _id: "getCompetitor", name: id }], queryFn, ...kept }));
    },
  };

  return function nameOf(kind: Named, id: number): string {
    const near = known()[kind]?.find((one) => one?.id === id);
    if (near) return near.name;
    const key = `${kind}-${id}`;
    if (!asked.has(key)) {
      asked.add(key);
      // Deleted or out of scope: the neutral word stays.
      read[kind](id).then(
        (name) => name && found.set(key, name),
        () => undefined,
      );
    }
    return found.get(key) ?? t(`common.someone.${kind}`);
  };
}
