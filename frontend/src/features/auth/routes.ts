import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  { path: "/login", component: () => import("./LoginPage.vue"), meta: { title: "auth.login", bare: true } },
  { path: "/setup", component: () => import("./SetupPage.vue"), meta: { title: "auth.setup.title", bare: true } },
  { path: "/link", component: () => import("./LinkPage.vue"), meta: { title: "auth.link.title", bare: true } },
];
