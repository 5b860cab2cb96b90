import { Target } from "@lucide/vue";
import { lendTab } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/chances",
    component: () => import("./ChanceListPage.vue"),
    meta: {
      title: "chances.many",
      right: "chances:read",
      menu: { module: "sales", order: 1, icon: Target, go: "c", keywords: "xiaoshoujihui xsjh chances", phone: true },
    },
  },
  {
    path: "/chances/:id(\\d+)",
    component: () => import("./ChancePage.vue"),
    meta: { title: "chances.one", right: "chances:read" },
  },
];

export const creates: CreateEntry[] = [
  { key: "chance", order: 1, title: "chances.new", right: "chances:create", icon: Target, to: "/chances?new=1" },
];

lendTab("customers", {
  key: "chances",
  order: 3,
  title: "chances.many",
  rights: ["chances:read"],
  piece: () => import("./CustomerChances.vue"),
  add: { right: "chances:create", title: "chances.new", to: ({ id }) => `/chances?new=1&customer_id=${id}` },
});
