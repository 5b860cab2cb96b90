import { Package } from "@lucide/vue";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/products",
    page: "ProductListPage",
    meta: {
      title: "menu.products",
      right: "products:read",
      menu: { module: "base", order: 2, icon: Package, go: "m", keywords: "chanpin cp shangpin products" },
    },
  },
  {
    path: "/products/:id(\\d+)",
    page: "ProductPage",
    meta: { title: "menu.product", right: "products:read" },
  },
];

export const creates: CreateEntry[] = [
  { key: "product", order: 7, title: "menu.newProduct", right: "products:write", icon: Package, to: "/products?new=1" },
];
