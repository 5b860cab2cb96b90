// What lies in the recycle bin, and how each kind comes back.
import { restoreChance, restoreCustomer, restoreLinkman, restoreOrder } from "@/api/generated/sdk.gen";
import type { Right } from "@/api/rights.ts";

export type Kind = "customers" | "chances" | "linkmen" | "orders";
interface Way {
  right: Right;
  /** Restores and says where the record is found now; a contact stands on the page of its customer. */
  restore: (id: number) => Promise<string>;
}

export const WAYS: Record<Kind, Way> = {
  customers: {
    right: "customers:restore",
    restore: async (id) => `/customers/${(await restoreCustomer({ path: { customer_id: id } })).id}`,
  },
  chances: {
    right: "customers:restore",
    restore: async (id) => `/chances/${(await restoreChance({ path: { chance_id: id } })).id}`,
  },
  linkmen: {
    right: "linkmen:write",
    restore: async (id) => `/customers/${(await restoreLinkman({ path: { linkman_id: id } })).customer.id}`,
  },
  orders: {
    right: "orders:write",
    restore: async (id) => `/orders/${(await restoreOrder({ path: { order_id: id } })).id}`,
  },
};
export const KINDS = Object.keys(WAYS) as Kind[];
