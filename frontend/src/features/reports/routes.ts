import { ChartColumn, Goal, LayoutDashboard, ReceiptText } from "@lucide/vue";
import { lend } from "@/shared/domain/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

const pages = () => import("./pages.ts");
const board = () => pages().then((all) => all.board());
const report = () => pages().then((all) => all.report());

export const routes: FeatureRoute[] = [
  {
    path: "/dashboards",
    component: board,
    meta: {
      title: "menu.dashboards",
      right: "reports:read",
      menu: { module: "reports", order: 0, icon: LayoutDashboard, keywords: "yibiaopan ybp dashboards overview" },
    },
  },
  { path: "/dashboards/:board", component: board, meta: { title: "menu.dashboards", right: "reports:read" } },
  {
    path: "/reports",
    component: report,
    meta: {
      title: "menu.reports",
      right: "reports:read",
      menu: { module: "reports", order: 1, icon: ChartColumn, go: "r", keywords: "tongjibaobiao tjbb fenxi reports" },
    },
  },
  {
    path: "/reports/:code",
    component: report,
    meta: { title: "menu.reports", right: "reports:read" },
  },
  {
    path: "/goals",
    component: () => pages().then((all) => all.goals()),
    meta: {
      title: "menu.goals",
      right: "goals:read",
      menu: { module: "reports", order: 2, icon: Goal, keywords: "yejimubiao yjmb goals targets" },
    },
  },
  {
    path: "/customer-reports",
    component: () => pages().then((all) => all.periodicList()),
    meta: {
      title: "menu.customerReports",
      right: "reports:read",
      menu: { module: "reports", order: 3, icon: ReceiptText, keywords: "kehuguanlibaogao khglbg customer reports" },
    },
  },
  {
    path: "/customer-reports/:id",
    component: () => pages().then((all) => all.periodic()),
    meta: { title: "menu.customerReports", right: "reports:read" },
  },
];

lend("report-figures", () => import("./KeyFigures.vue"));
