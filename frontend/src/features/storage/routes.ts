import { Warehouse } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/storage",
    page: "StorageListPage",
    meta: {
      title: "menu.storage",
      right: "storage:read",
      menu: { module: "base", order: 3, icon: Warehouse, go: "w", keywords: "kucun kc cangku storage stock warehouse" },
    },
  },
];

lend("product-stock", () => import("./ProductStock.vue"));
