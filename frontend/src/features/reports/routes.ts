import { ChartColumn, Goal } from "@lucide/vue";
import { lend } from "@/shared/lib/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/reports",
    component: () => import("./ReportPage.vue"),
    meta: {
      title: "menu.reports",
      right: "reports:read",
      menu: { module: "reports", order: 1, icon: ChartColumn, go: "r", keywords: "tongjibaobiao tjbb fenxi reports" },
    },
  },
  {
    path: "/reports/:code",
    component: () => import("./ReportPage.vue"),
    meta: { title: "menu.reports", right: "reports:read" },
  },
  {
    path: "/goals",
    component: () => import("./GoalsPage.vue"),
    meta: {
      title: "menu.goals",
      right: "goals:read",
      menu: { module: "reports", order: 2, icon: Goal, keywords: "yejimubiao yjmb goals targets" },
    },
  },
];

lend("report-figures", () => import("./HomeFigures.vue"));
