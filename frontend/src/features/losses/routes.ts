import { HeartCrack } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/losses",
    page: "LossListPage",
    meta: {
      title: "menu.losses",
      right: "losses:read",
      menu: { module: "customers", order: 5, icon: HeartCrack, go: "u", keywords: "kehuliushi khls yujing churn" },
    },
  },
  {
    path: "/losses/:id(\\d+)",
    page: "LossPage",
    meta: { title: "menu.loss", right: "losses:read" },
  },
];

lend("customer-loss", () => import("./CustomerLoss.vue"));
