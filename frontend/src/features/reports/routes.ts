import { ChartColumn, Goal } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/reports",
    component: () => import("./ReportPage.vue"),
    meta: {
      title: "reports.many",
      right: "reports:read",
      menu: { module: "reports", order: 1, icon: ChartColumn, go: "r", keywords: "tongjibaobiao tjbb fenxi reports" },
    },
  },
  {
    path: "/reports/:code",
    component: () => import("./ReportPage.vue"),
    meta: { title: "reports.many", right: "reports:read" },
  },
  {
    path: "/goals",
    component: () => import("./GoalsPage.vue"),
    meta: {
      title: "reports.goals.title",
      right: "goals:read",
      menu: { module: "reports", order: 2, icon: Goal, keywords: "yejimubiao yjmb goals targets" },
    },
  },
];
