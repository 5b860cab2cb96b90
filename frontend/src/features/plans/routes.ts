import { ListChecks } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/plans",
    component: () => import("./PlansPage.vue"),
    meta: {
      title: "menu.plans",
      right: "plans:read",
      menu: {
        module: "sales",
        order: 2,
        icon: ListChecks,
        go: "p",
        keywords: "kehukaifajihua khkfjh plans",
        short: "menu.plansShort",
        phone: true,
      },
    },
  },
];

lend("plan-items", () => import("./ChancePlan.vue"));
lend("due-plans", () => import("./DuePlans.vue"));
