import { House } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/",
    component: () => import("./HomePage.vue"),
    meta: {
      title: "menu.home",
      menu: { module: "home", order: 0, icon: House, go: "h", keywords: "gongzuotai gzt home", phone: true },
    },
  },
];
