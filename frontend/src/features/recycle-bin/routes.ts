import { Trash2 } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/recycle-bin",
    component: () => import("./RecycleBinPage.vue"),
    meta: {
      title: "menu.recycleBin",
      menu: { module: "settings", order: 8, icon: Trash2, go: "x", keywords: "huishouzhan hsz recycle bin trash" },
    },
  },
];
