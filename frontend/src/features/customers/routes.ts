import { Building2 } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

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
