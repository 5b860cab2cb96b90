import { ChartColumn, Goal, LayoutDashboard, ReceiptText } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/dashboards",
    page: "BoardPage",
    meta: {
      title: "menu.dashboards",
      right: "reports:read",
      menu: { module: "reports", order: 0, icon: LayoutDashboard, keywords: "yibiaopan ybp dashboards overview" },
    },
  },
  { path: "/dashboards/:board", page: "BoardPage", meta: { title: "menu.dashboards", right: "reports:read" } },
  {
    path: "/reports",
    page: "ReportPage",
    meta: {
      title: "menu.reports",
      right: "reports:read",
      menu: { module: "reports", order: 1, icon: ChartColumn, go: "r", keywords: "tongjibaobiao tjbb fenxi reports" },
    },
  },
  {
    path: "/reports/:code",
    page: "ReportPage",
    meta: { title: "menu.reports", right: "reports:read" },
  },
  {
    path: "/goals",
    page: "GoalsPage",
    meta: {
      title: "menu.goals",
      right: "goals:read",
      menu: { module: "reports", order: 2, icon: Goal, keywords: "yejimubiao yjmb goals targets" },
    },
  },
  {
    path: "/customer-reports",
    page: "PeriodicListPage",
    meta: {
      title: "menu.customerReports",
      right: "reports:read",
      menu: { module: "reports", order: 3, icon: ReceiptText, keywords: "kehuguanlibaogao khglbg customer reports" },
    },
  },
  {
    path: "/customer-reports/:id",
    page: "PeriodicPage",
    meta: { title: "menu.customerReports", right: "reports:read" },
  },
];

lend("report-figures", () => import("./KeyFigures.vue"));
