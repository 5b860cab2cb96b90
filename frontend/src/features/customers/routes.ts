import { Building2 } from "@lucide/vue";
import { listCustomers } from "@/api/generated/sdk.gen";
import { lend } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { registerRecordSearch } from "@/shared/lib/useCommand.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/customers",
    component: () => import("./CustomerListPage.vue"),
    meta: {
      title: "menu.customers",
      right: "customers:read",
      menu: { module: "customers", order: 1, icon: Building2, go: "k", keywords: "kehu kh customers", phone: true },
    },
  },
  {
    path: "/customers/:id(\\d+)",
    component: () => import("./CustomerPage.vue"),
    meta: { title: "menu.customer", right: "customers:read" },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "customer",
    order: 2,
    title: "menu.newCustomer",
    right: "customers:create",
    icon: Building2,
    to: "/customers?new=1",
  },
];

lend("customer-fields", () => import("./FieldRules.vue"));

registerRecordSearch(async (q, signal) => {
  if (!useSession().can("customers:read")) return [];
  const page = await listCustomers({ query: { q, limit: 6 }, signal });
  return page.items.map((row) => ({
    id: `customer-${row.id}`,
    title: row.name,
    detail: [row.number, row.manager?.name].filter(Boolean).join(" · "),
    icon: Building2,
    to: `/customers/${row.id}`,
  }));
});
